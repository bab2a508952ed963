import type { BodyFormat } from "../contracts/batch.ts";

/** A part of a file that can be read by itself, with whole records in it. */
export interface Piece {
  readonly format: BodyFormat;
  readonly bytes: Buffer;
  /** To be added to the lines of the piece's records, so that they are those of the file; elements of an array. */
  readonly linesBefore: number;
}

/** Where one record of a file ends. */
export interface Cut {
  readonly next: number;
  readonly lines: number;
  /** Blank lines are none. */
  readonly isRecord: boolean;
}

/** "more": it cannot be told before more of the file has come; "endless": the line is longer than any record may be. */
export type CutOrNot = Cut | "more" | "endless";

export interface Cutter {
  /** What each piece begins with; its lines come on top of the piece's own. */
  readonly head: Buffer;
  readonly headLines: number;
  cut(window: Buffer, at: number, isLast: boolean): CutOrNot;
}
