/** Who confirmed an act that somebody else had proposed, for the act's own audit row. */
export interface Confirmation {
  /** Number of the proposal. */
  readonly proposal: string;
  /** As audit rows name actors. */
  readonly confirmedBy: string;
}
