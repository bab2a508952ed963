import assert from "node:assert";
import { isDeepStrictEqual } from "node:util";
import { parentPort, workerData } from "node:worker_threads";
import { BusinessTime } from "../contracts/business-time.ts";
import type { WriterStatus } from "../contracts/writer-status.ts";
import { faultPoints } from "../lib/fault-points.ts";
import { FieldCipher } from "../lib/field-cipher.ts";
import { createLog } from "../lib/log.ts";
import { plainOf } from "../lib/plain-error.ts";
import { ingestBody } from "./ingest-body.ts";
import type { EngineSettings, FromEngine, ToEngine } from "./messages.ts";
import { Writer } from "./writer.ts";

/** Entry of the engine thread: parses bodies and runs the writer, away from the thread that serves people. */

const STATUS_MS = 100;

assert(parentPort, "started by EngineThread");
const port = parentPort;
const settings = workerData as EngineSettings;
const writer = new Writer({
  databaseUrl: settings.databaseUrl,
  cipher: new FieldCipher(settings.secretKey),
  time: new BusinessTime(settings.zone),
  log: createLog(settings.logLevel),
  holder: settings.holder,
  atFaultPoint: faultPoints(settings.faultAt),
  now: Date.now,
  dayCloseAfterHours: settings.dayCloseAfterHours,
});

let told: WriterStatus | null = null;
function tellStatus(): void {
  const status = writer.status();
  if (isDeepStrictEqual(status, told)) return;
  told = status;
  tell({ type: "status", status });
}

function tell(message: FromEngine): void {
  port.postMessage(message);
}

async function ingest({ id, body }: Extract<ToEngine, { type: "ingest" }>): Promise<void> {
  try {
    tell({ type: "answered", id, answer: await ingestBody(writer, body) });
  } catch (error) {
    tellStatus();
    tell({ type: "refused", id, error: plainOf(error) });
  }
}

/** Bodies that are being parsed or committed. */
const underway = new Set<Promise<void>>();

function take(message: ToEngine): void {
  if (message.type === "stop") return void stop();
  const work = ingest(message).finally(() => underway.delete(work));
  underway.add(work);
}

async function stop(): Promise<void> {
  await Promise.all(underway);
  await writer.stop();
  clearInterval(reporting);
  port.close();
}

const reporting = setInterval(tellStatus, STATUS_MS);
writer.onCommitted((committed) => {
  tellStatus();
  tell({ type: "committed", committed });
});
port.on("message", take);
await writer.start();
tellStatus();
tell({ type: "started" });
