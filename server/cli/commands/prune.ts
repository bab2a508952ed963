import { BusinessTime } from "#server/contracts/business-time.ts";
import { requireZone } from "#server/db/zone.ts";
import { prune as pruneAll } from "#server/jobs/prune.ts";
import type { PruneOutcome } from "#server/streams/log/prune-log.ts";
import { cliActor } from "../actor.ts";
import { type Command, UsageError } from "../command.ts";
import { settingsOf } from "../settings-of.ts";

/** Deletes what is older than the settings say, now instead of at night. */
export const prune: Command = {
  usage: "prune",
  summary:
    "Deletes log, orders, dead letters, notices, rows of imports and details of audit entries that are older than the settings say (KEEP_…).",
  async run({ args, config, database, print }) {
    if (args.length > 0) throw new UsageError("It takes no arguments: the settings decide (settings list).");
    const { pool } = await database();
    await requireZone(pool, config.BUSINESS_TIME_ZONE);
    const time = new BusinessTime(config.BUSINESS_TIME_ZONE);
    const settings = await settingsOf(config, await database());
    const pruned = await pruneAll({ pool, settings, time, now: Date.now }, cliActor());
    for (const line of [pruned.log, pruned.orders, pruned.deadLetters].flatMap(linesOf)) print(line);
    print(`${pruned.notices} notices were deleted.`);
    print(`${pruned.importRows} rows of the import log were deleted.`);
    print(`Details of ${pruned.auditDetails} audit entries were deleted; the entries stay.`);
  },
};

function linesOf({ pruned, kept }: PruneOutcome): string[] {
  return [
    ...pruned.map((partition) => `${partition}: deleted.`),
    ...kept.map(({ partition, need }) => `${partition}: old enough, but kept: ${need}.`),
  ];
}
