import { addDays } from "../contracts/business-time.ts";
import { repeat } from "../lib/repeat.ts";
import { readVerification, type Verification } from "./verification.ts";
import { datesDue } from "../orders/verify-day.ts";
import type { Runtime } from "../context.ts";
import { readCommitPosition } from "../db/position.ts";

type Needs = Pick<Runtime, "pool" | "aside" | "time" | "now" | "writer" | "log">;

/** How often a look is taken at whether the night has come, ms. */
const RHYTHM_MS = 60_000;
/** Business hour from which on the night's verification may run. */
const FROM_HOUR = 3;
/** Days before today that are verified each night, changed or not. */
const DAYS_BACK = 3;

/**
 * Recomputes from the log, once a night, the last days and earlier ones that have changed since: days that stay open for longer,
 * that a replay has filled, of which late orders were applied. @returns null when it is not the time
 */
export async function verifyNightly(rt: Needs): Promise<Verification | null> {
  const hour = rt.time.hourOf(rt.now());
  const today = rt.time.dateOf(rt.now());
  if (rt.writer.status().state !== "leading" || Number(hour.slice(8)) < FROM_HOUR) return null;
  const last = await readVerification(rt);
  if (last?.ranOn === today) return null;
  const position = await readCommitPosition(rt.pool);
  const dates = await datesDue(rt, {
    since: addDays(today, -DAYS_BACK),
    until: today,
    changedSince: last?.position ?? 0,
    wrong: last?.wrong ?? [],
  });
  const wrong: string[] = [];
  let differences = 0;
  for (const date of dates) {
    const verified = await rt.aside.verifyDay(date);
    differences += verified.differences.length;
    if (verified.differences.length > 0) wrong.push(date);
    for (const difference of verified.differences.slice(0, 10)) {
      rt.log.error({ date, ...difference }, "a stored figure is not what the log gives");
    }
  }
  const verification = {
    at: new Date(rt.now()).toISOString(),
    ranOn: today,
    days: dates.length,
    differences,
    wrong,
    position,
  };
  await rt.pool.query(
    `INSERT INTO setting (key, value) VALUES ('verification', $1)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    [JSON.stringify(verification)],
  );
  return verification;
}

/** Verifies each night from now on. @returns its stop */
export function keepVerifying(rt: Needs): () => Promise<void> {
  const turn = () =>
    verifyNightly(rt).catch((error: unknown) =>
      rt.log.warn({ err: error }, "the days were not verified; tried again in a minute"),
    );
  return repeat(turn, RHYTHM_MS);
}
