import { secretKey } from "../../config/secret-key.ts";
import { businessDate } from "../../contracts/api/common.ts";
import { BusinessTime } from "../../contracts/business-time.ts";
import { AppError } from "../../lib/errors.ts";
import { Vault } from "../../lib/vault.ts";
import { datesWithOrders, verifyDay } from "../../queries/verify-day.ts";
import { requireSecret } from "../../store/secret-check.ts";
import { requireZone } from "../../store/zone.ts";
import { type Command, UsageError } from "../command.ts";
import { parseOptions } from "../options.ts";

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
    const vault = new Vault(await secretKey(config.SECRET_KEY, config.DATA_DIR));
    await requireSecret(pool, vault);
    const rt = { pool, epoch: "", time: new BusinessTime(config.BUSINESS_TIME_ZONE), vault };
    const dates = options.date === undefined ? await datesWithOrders(rt) : [options.date];
    let differences = 0;
    for (const date of dates) {
      const day = await verifyDay(rt, date);
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
