import type { Server } from "node:http";
import type { Database } from "../db/database.ts";
import type { EngineThread } from "../engine/engine-thread.ts";
import type { FieldCipher } from "../lib/field-cipher.ts";
import type { DayWorkerThread } from "../orders/day-worker/day-worker.ts";

/** What is there before the context is. */
export interface Parts {
  readonly database: Database;
  readonly cipher: FieldCipher;
  /** null: this node never becomes the writer. */
  readonly engine: EngineThread | null;
  readonly dayWorker: DayWorkerThread;
  readonly server: Server;
}
