import { AppError } from "#server/lib/errors.ts";
import type { Command } from "../command.ts";
import { checkDatabase } from "../doctor/check-database.ts";
import { checkFolder } from "../doctor/check-folder.ts";
import { checkClock, checkDisk, checkNode, checkSecret, checkZone } from "../doctor/check-machine.ts";
import { checkPort } from "../doctor/check-port.ts";
import type { Finding } from "../doctor/finding.ts";

const SIGNS = { ok: "✓", warning: "!", failure: "✗" } as const;

/** Looks at everything that Tidewatch stands on, and says how to fix what is wrong. */
export const doctor: Command = {
  usage: "doctor",
  summary:
    "Checks clock, zone, data folder, disk, secret, port, database, schema and writer, and prints the fix.",
  async run({ config, database, print }) {
    const findings: Finding[] = [
      checkNode(process.versions.node),
      checkClock(Date.now()),
      checkZone(config.BUSINESS_TIME_ZONE, Date.now()),
      ...(await checkFolder(config)),
      await checkDisk(config.DATA_DIR),
      await checkSecret(config),
      await checkPort(config.PORT, config.HOST),
      ...(await checkDatabase(database, config.BUSINESS_TIME_ZONE, Date.now)),
    ];
    for (const finding of findings) print(lineOf(finding));
    const failed = findings.filter(({ state }) => state === "failure").length;
    if (failed > 0) throw new AppError("unwell", 500, `${failed} of ${findings.length} checks failed.`);
  },
};

function lineOf({ check, state, told, fix }: Finding): string {
  const line = `${SIGNS[state]} ${check.padEnd(15)} ${told}`;
  return fix === null ? line : `${line}\n  ${" ".repeat(15)} → ${fix}`;
}
