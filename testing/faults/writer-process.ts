/**
 * A process of its own that leads and closes the days that its clock has passed, to be killed:
 * `node writer-process.ts DATABASE SECRET CLOCK PLACE`.
 */
import { BusinessTime } from "#server/contracts/business-time.ts";
import { Writer } from "#server/engine/writer.ts";
import { killPoints } from "#server/lib/kill-points.ts";
import { createLog } from "#server/lib/log.ts";
import { Vault } from "#server/lib/vault.ts";

const [databaseUrl = "", secret = "", clock, place] = process.argv.slice(2);
const writer = new Writer({
  databaseUrl,
  vault: new Vault(secret),
  time: new BusinessTime("Asia/Shanghai"),
  log: createLog("silent"),
  now: () => Number(clock),
  dayCloseAfterHours: 24,
  reach: killPoints(place),
});
await writer.start();
