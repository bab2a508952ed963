/**
 * Writes the tables that the oracle computes from a recorded folder, beside the recording:
 *   node testing/oracle/write-tables.ts testing/recorded/simulator
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { asTsv, readRecords, sorted } from "../recorded/recordings.ts";
import { hourlyTable } from "./orders.ts";
import { lastPagesTable } from "./page-views.ts";
import { premiumTables } from "./premium-changes.ts";

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("Name the recorded folder.");
const premium = premiumTables(readRecords(folder, "key-users"), readRecords(folder, "premium-changes"));
const tables = {
  hourly: hourlyTable(readRecords(folder, "orders"), "Asia/Shanghai"),
  occurrences: premium.occurrences,
  "key-users-after": premium.keyUsers,
  "last-pages": lastPagesTable(readRecords(folder, "page-views")),
};
for (const [name, rows] of Object.entries(tables)) {
  writeFileSync(join(folder, `${name}.tsv`), `${sorted(rows.map(asTsv)).join("\n")}\n`);
}
