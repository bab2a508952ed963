/**
 * A process of its own that leads and closes the days that its clock has passed, to be killed:
 * `node writer-process.ts DATABASE SECRET CLOCK PLACE`.
 */
import { BusinessTime } from "#server/contracts/business-time.ts";
import { Writer } from "#server/engine/writer.ts";
import { faultPoints } from "#server/lib/fault-points.ts";
import { FieldCipher } from "#server/lib/field-cipher.ts";
import { createLog } from "#server/lib/log.ts";

const [databaseUrl = "", secret = "", clock, place] = process.argv.slice(2);
const writer = new Writer({
  databaseUrl,
  cipher: new FieldCipher(secret),
  time: new BusinessTime("Asia/Shanghai"),
  log: createLog("silent"),
  now: () => Number(clock),
  dayCloseAfterHours: 24,
  atFaultPoint: faultPoints(place),
});
await writer.start();
