import Piscina from "piscina";
import { BusinessTime } from "#server/contracts/business-time.ts";
import { Connections } from "#server/db/connections.ts";
import { isDatabaseAbsence } from "#server/lib/database-absence.ts";
import { Unavailable } from "#server/lib/errors.ts";
import { FieldCipher } from "#server/lib/field-cipher.ts";
import { plainOf } from "#server/lib/plain-error.ts";
import { lateEffect } from "../late-effect.ts";
import { verifyDay } from "../verify-day.ts";
import type { DayOutcome, DayTask, DayWorkerSettings } from "./messages.ts";

const settings = Piscina.workerData as DayWorkerSettings;
const time = new BusinessTime(settings.zone);
const cipher = new FieldCipher(settings.secretKey);

/** The day worker: does one task. Refusals come back as values, since classes of errors do not cross threads. */
export default async function run({ kind, date }: DayTask): Promise<DayOutcome> {
  // A connection that breaks fails its query; the answer tells.
  const connections = new Connections({ connectionString: settings.databaseUrl }, () => undefined);
  try {
    const work = kind === "late-effect" ? lateEffect : verifyDay;
    const ctx = { pool: connections.pool({ max: 2 }), epoch: "", time, cipher };
    return { value: await work(ctx, date) };
  } catch (thrown) {
    const error = isDatabaseAbsence(thrown) ? new Unavailable("The database is away; try again.") : thrown;
    return { error: plainOf(error) };
  } finally {
    await connections.end();
  }
}
