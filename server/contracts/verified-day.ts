/** A figure that is not what the log gives. */
export interface Difference {
  readonly bizHour: string;
  readonly figure: string;
  readonly stored: string;
  readonly recomputed: string;
}

export interface VerifiedDay {
  readonly date: string;
  /** Orders of the log that were counted. */
  readonly orders: number;
  readonly hours: number;
  readonly differences: readonly Difference[];
  /** The log does not hold all of its orders any more: there is nothing to compare with, so no difference either. */
  readonly isLogPruned: boolean;
}
