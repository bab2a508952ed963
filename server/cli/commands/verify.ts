import { businessDate } from "#server/contracts/api/common.ts";
import { BusinessTime } from "#server/contracts/business-time.ts";
import { requireZone } from "#server/db/zone.ts";
import { AppError } from "#server/lib/errors.ts";
import { datesWithOrders, verifyDay } from "#server/orders/verify-day.ts";
import { requireSecret } from "#server/streams/log/secret-check.ts";
import { type Command, UsageError } from "../command.ts";
import { parseOptions } from "../options.ts";
import { cipherOf } from "../settings-of.ts";

/** Recomputes days from the log and compares them with the stored figures. */
export const verify: Command = {
  usage: "verify [--date YYYY-MM-DD]",
  summary: "Recomputes a business day, or all, from the log the naive way and compares it with the figures.",
  async run({ args, config, database, print }) {
    const { values, options } = parseOptions(args, { date: "text" });
    if (values.length > 0) throw new UsageError("A day is named by --date.");
    if (options.date !== undefined && !businessDate.safeParse(options.date).success) {
      throw new UsageError("--date is a day, e.g. 2026-11-22.");
    }
    const { pool } = await database();
    await requireZone(pool, config.BUSINESS_TIME_ZONE);
    const cipher = await cipherOf(config);
    await requireSecret(pool, cipher);
    const ctx = { pool, epoch: "", time: new BusinessTime(config.BUSINESS_TIME_ZONE), cipher };
    const dates = options.date === undefined ? await datesWithOrders(ctx) : [options.date];
    let differences = 0;
    for (const date of dates) {
      const day = await verifyDay(ctx, date);
      if (day.isLogPruned) {
        print(`${date}: not verified, its log is older than is kept (KEEP_LOG)`);
        continue;
      }
      differences += day.differences.length;
      const verdict = day.differences.length === 0 ? "equal" : `${day.differences.length} differences`;
      print(`${date}: ${day.orders} orders of the log, ${day.hours} hours, ${verdict}`);
      for (const { bizHour, figure, stored, recomputed } of day.differences) {
        print(`  ${bizHour} ${figure}: stored ${stored}, from the log ${recomputed}`);
      }
    }
    if (dates.length === 0) print("There are no figures to verify.");
    if (differences === 0) return;
    throw new AppError(
      "figures_differ",
      500,
      `${differences} figures are not what the log gives. Keep a backup of the database before anything else, and report it.`,
    );
  },
};
