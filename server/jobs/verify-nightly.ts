import type { Context } from "../context.ts";
import { addDays } from "../contracts/business-time.ts";
import { readCommitPosition } from "../db/position.ts";
import { repeat } from "../lib/repeat.ts";
import { datesDue } from "../orders/verify-day.ts";
import { readVerification, type Verification } from "./verification.ts";

type Needs = Pick<Context, "pool" | "dayWorker" | "time" | "now" | "writer" | "log">;

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
export async function verifyNightly(ctx: Needs): Promise<Verification | null> {
  const hour = ctx.time.hourOf(ctx.now());
  const today = ctx.time.dateOf(ctx.now());
  if (ctx.writer.status().state !== "leading" || Number(hour.slice(8)) < FROM_HOUR) return null;
  const last = await readVerification(ctx);
  if (last?.ranOn === today) return null;
  const position = await readCommitPosition(ctx.pool);
  const dates = await datesDue(ctx, {
    since: addDays(today, -DAYS_BACK),
    until: today,
    changedSince: last?.position ?? 0,
    wrong: last?.wrong ?? [],
  });
  const wrong: string[] = [];
  let differences = 0;
  for (const date of dates) {
    const verified = await ctx.dayWorker.verifyDay(date);
    differences += verified.differences.length;
    if (verified.differences.length > 0) wrong.push(date);
    for (const difference of verified.differences.slice(0, 10)) {
      ctx.log.error({ date, ...difference }, "a stored figure is not what the log gives");
    }
  }
  const verification = {
    at: new Date(ctx.now()).toISOString(),
    ranOn: today,
    days: dates.length,
    differences,
    wrong,
    position,
  };
  await ctx.pool.query(
    `INSERT INTO setting (key, value) VALUES ('verification', $1)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    [JSON.stringify(verification)],
  );
  return verification;
}

/** Verifies each night from now on. @returns its stop */
export function keepVerifying(ctx: Needs): () => Promise<void> {
  const turn = () =>
    verifyNightly(ctx).catch((error: unknown) =>
      ctx.log.warn({ err: error }, "the days were not verified; tried again in a minute"),
    );
  return repeat(turn, RHYTHM_MS);
}
