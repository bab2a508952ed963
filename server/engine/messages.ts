import type { IngestAnswer } from "../contracts/api/ingest.ts";
import type { IngestBody } from "../contracts/batch.ts";
import type { Committed } from "../contracts/committed.ts";
import type { WriterStatus } from "../contracts/writer-status.ts";
import type { PlainError } from "../lib/plain-error.ts";

/** What the engine thread is started with. */
export interface EngineSettings {
  readonly databaseUrl: string;
  /** Root of the keys; see FieldCipher. */
  readonly secretKey: string;
  /** Business time zone. */
  readonly zone: string;
  /** Hours that a business day stays open after its end (rule O6). */
  readonly dayCloseAfterHours: number;
  readonly logLevel: string;
  /** Name under which the lease is held: a thread that follows a crashed one takes it over at once. */
  readonly holder: string;
  /** See FAULT_AT. */
  readonly faultAt?: string | undefined;
}

/** To the engine thread. Bodies are numbered by their sender; the answer bears the same number. */
export type ToEngine =
  | { readonly type: "ingest"; readonly id: number; readonly body: IngestBody }
  /** Commit what waits, write the state, release the lease, end. */
  | { readonly type: "stop" };

/** From the engine thread. */
export type FromEngine =
  /** The writer leads or stands by. */
  | { readonly type: "started" }
  | { readonly type: "answered"; readonly id: number; readonly answer: IngestAnswer }
  | { readonly type: "refused"; readonly id: number; readonly error: PlainError }
  | { readonly type: "committed"; readonly committed: Committed }
  /** Sent when it has changed, and before any message that tells of the change. */
  | { readonly type: "status"; readonly status: WriterStatus };
