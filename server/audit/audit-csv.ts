import type { Context } from "../context.ts";
import type { AuditEntry, AuditFilter } from "../contracts/api/audit.ts";
import { type CsvColumn, csvHeader, csvLines } from "../lib/csv-out.ts";
import { allAuditEntries } from "./list-audit.ts";

const COLUMNS: readonly CsvColumn<AuditEntry>[] = [
  { name: "entry", of: (entry) => entry.id },
  { name: "at", of: (entry) => entry.at },
  { name: "actor", of: (entry) => entry.actor.id, isText: true },
  { name: "actor_name", of: (entry) => entry.actor.name, isText: true },
  { name: "action", of: (entry) => entry.action },
  { name: "subject", of: (entry) => entry.subject, isText: true },
  { name: "subject_name", of: (entry) => entry.subjectName, isText: true },
  { name: "reason", of: (entry) => entry.reason, isText: true },
  { name: "address", of: (entry) => entry.address },
  { name: "details", of: ({ details }) => (details === null ? null : JSON.stringify(details)) },
];

/** The whole filter of the log as CSV, newest first, in pieces. */
export async function* auditCsv(
  ctx: Pick<Context, "pool" | "time">,
  filter: AuditFilter,
): AsyncGenerator<string> {
  yield csvHeader(COLUMNS);
  for await (const entries of allAuditEntries(ctx, filter)) yield csvLines(COLUMNS, entries);
}
