import type { BusinessTime } from "../contracts/business-time.ts";
import type { Patience } from "../db/connections.ts";
import type { AtFaultPoint } from "../lib/fault-points.ts";
import type { FieldCipher } from "../lib/field-cipher.ts";
import type { Log } from "../lib/log.ts";
import type { Residency } from "../streams/stream.ts";

export interface WriterOptions {
  readonly databaseUrl: string;
  readonly cipher: FieldCipher;
  readonly time: BusinessTime;
  readonly log: Log;
  /** ms; only for "last commit at" and the like, never for a figure. */
  readonly now: () => number;
  /** Hours after its end that a business day stays open (rule O6). */
  readonly dayCloseAfterHours: number;
  /** Name under which the lease is held; by default one of its own. */
  readonly holder?: string;
  /** Events that may wait; more are refused with TooBusy. */
  readonly queueCapacity?: number;
  /** How much state stays in memory; tests let it be next to nothing. */
  readonly residency?: Residency;
  /** With a database that is silent. */
  readonly patience?: Patience;
  /** Where a test may let the process die. */
  readonly atFaultPoint?: AtFaultPoint;
}
