import type { Context } from "../context.ts";
import { addDays } from "../contracts/business-time.ts";
import { readCommitPosition } from "../db/commit-feed.ts";
import { datesDue } from "../orders/verify-day.ts";
import { readVerification, type Verification } from "./verification.ts";

type Needs = Pick<Context, "pool" | "dayWorker" | "time" | "now" | "log">;

/** Days before today that are verified each night, changed or not. */
const DAYS_BACK = 3;
/** Differences of a day that the log tells; the rest is counted. */
const MOST_TOLD = 10;

/**
 * Recomputes from the log the last days and earlier ones that have changed since the last run: days that stay open for longer,
 * that a replay has filled, of which late orders were applied.
 */
export async function verifyDays(ctx: Needs): Promise<Omit<Verification, "at" | "ranOn">> {
  const today = ctx.time.dateOf(ctx.now());
  const last = await readVerification(ctx);
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
    for (const difference of verified.differences.slice(0, MOST_TOLD)) {
      ctx.log.error({ date, ...difference }, "a stored figure is not what the log gives");
    }
  }
  return { days: dates.length, differences, wrong, position };
}
