import assert from "node:assert";
import { parentPort, workerData } from "node:worker_threads";
import { BusinessTime } from "#server/contracts/business-time.ts";
import { Connections } from "#server/db/connections.ts";
import { isDatabaseAbsence } from "#server/lib/database-absence.ts";
import { AppError, Unavailable } from "#server/lib/errors.ts";
import { Vault } from "#server/lib/vault.ts";
import { lateEffect } from "../late-effect.ts";
import { verifyDay } from "../verify-day.ts";
import type { DayTask, DayWorkerSettings, FromDayWorker } from "./messages.ts";

/** Entry of the day worker: does one task and ends. */

assert(parentPort, "started by DayWorkerThread");
const port = parentPort;
const { settings, task } = workerData as { readonly settings: DayWorkerSettings; readonly task: DayTask };
// A connection that breaks fails its query; the answer tells.
const connections = new Connections({ connectionString: settings.databaseUrl }, () => undefined);
const pool = connections.pool({ max: 2 });

async function run(): Promise<FromDayWorker> {
  const ctx = {
    pool,
    epoch: "",
    time: new BusinessTime(settings.zone),
    vault: new Vault(settings.secretKey),
  };
  try {
    const work = task.kind === "late-effect" ? lateEffect : verifyDay;
    return { type: "answer", value: await work(ctx, task.date) };
  } catch (thrown) {
    const error = isDatabaseAbsence(thrown) ? new Unavailable("The database is away; try again.") : thrown;
    if (error instanceof AppError) {
      return { type: "refusal", code: error.code, status: error.status, message: error.message };
    }
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { type: "refusal", code: null, status: 500, message };
  }
}

port.postMessage(await run());
await connections.end();
