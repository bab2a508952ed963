/**
 * A process of its own that leads and closes the days that its clock has passed, to be killed:
 * `node writer-process.ts DATABASE SECRET CLOCK PLACE`.
 */
import { BusinessTime } from "../contracts/business-time.ts";
import { killPoints } from "../lib/kill-points.ts";
import { createLog } from "../lib/log.ts";
import { Vault } from "../lib/vault.ts";
import { Writer } from "../writer/writer.ts";

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
