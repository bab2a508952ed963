import type { RejectCode } from "../server/contracts/events.ts";
import type { StreamName } from "../server/contracts/streams.ts";

/** One line on its way from the insurer's systems to Tidewatch. */
export interface Delivery {
  /** When the line arrives, ms; never before its event time. */
  readonly at: number;
  readonly stream: StreamName;
  /** JSON text; with the flaw bad_utf8, bytes in Latin-1. */
  readonly line: string;
  /** Why Tidewatch will refuse the line; absent: it is sound. */
  readonly flaw?: RejectCode;
}

/** An event in the original's columns, before anything goes wrong with it on the way. */
export interface SourceEvent {
  readonly stream: StreamName;
  /** Event time, ms. */
  readonly time: number;
  readonly columns: Readonly<Record<string, string | number | null>>;
}

/** A date to simulate: everything derives from it. */
export interface SimulatedDate {
  readonly seed: number;
  /** Business date, yyyy-mm-dd. */
  readonly date: string;
  /** First millisecond of the date, and of the next one. */
  readonly start: number;
  readonly end: number;
}
