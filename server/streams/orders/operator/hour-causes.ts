import type { CauseKind } from "#server/contracts/cause-kinds.ts";

/** A side of a cause. */
export interface CausingOrder {
  readonly orderNo: string;
  /** fen */
  readonly payable: bigint | null;
  /** gmt_modified, ms. */
  readonly at: number;
}

/** A winner that joined or left an hour (rule O8). */
export interface HourCause {
  readonly kind: CauseKind;
  readonly userId: string;
  /** What came to stand in the hour, or stood there until it left. */
  readonly order: CausingOrder;
  /** What it replaced when it joined, or what replaced it when it left. */
  readonly other: CausingOrder | null;
  /** Number of the event that brought it about. */
  readonly seq: bigint;
}
