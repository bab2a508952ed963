/** What the writer of a process is doing. */
export type WriterState = "leading" | "standby" | "recovering" | "unavailable";

/** What the pipeline page and the metrics tell of the writer. */
export interface WriterStatus {
  readonly state: WriterState;
  readonly holder: string;
  readonly epoch: bigint;
  /** Events that wait or are being committed. */
  readonly queuedEvents: number;
  readonly lastCommitMs: number | null;
}
