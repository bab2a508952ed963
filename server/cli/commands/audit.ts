import { requireFilter } from "#server/audit/audit-filter.ts";
import { allAuditEntries } from "#server/audit/list-audit.ts";
import { type AuditEntry, type AuditFilter, auditFilter } from "#server/contracts/api/audit.ts";
import { BusinessTime } from "#server/contracts/business-time.ts";
import { recordAct } from "#server/db/audit.ts";
import { requireZone } from "#server/db/zone.ts";
import { cliActor } from "../actor.ts";
import { type Command, UsageError } from "../command.ts";
import { parseOptions } from "../options.ts";

const OPTIONS = {
  actor: "text",
  action: "text",
  subject: "text",
  text: "text",
  from: "text",
  to: "text",
  json: "flag",
} as const;

/** The audit log as the page shows it, for whoever has the machine: an export, and so an entry of the log itself. */
export const audit: Command = {
  usage:
    "audit [--actor ID] [--action session.sign-in|session] [--subject TEXT] [--text TEXT] [--from YYYY-MM-DD] [--to YYYY-MM-DD] [--json]",
  summary:
    "Prints the audit log, newest first: entry, time, who, what, on, why, from. --json prints an object a line, with all details. Is recorded itself.",
  async run({ args, config, database, print }) {
    const { values, options } = parseOptions(args, OPTIONS);
    if (values.length > 0) throw new UsageError("What is looked for is named by options.");
    const { json = false, ...given } = options;
    const filter = filterOf(given);
    const { pool } = await database();
    await requireZone(pool, config.BUSINESS_TIME_ZONE);
    const ctx = { pool, time: new BusinessTime(config.BUSINESS_TIME_ZONE) };
    requireFilter(filter, ctx.time);
    const { text, ...named } = filter;
    const details = { ...named, isSearched: text !== undefined };
    await recordAct(pool, { actor: cliActor(), action: "audit.export", subject: "installation", details });
    const lineOf = json ? (entry: AuditEntry) => inAscii(JSON.stringify(entry)) : wordsOf;
    for await (const entries of allAuditEntries(ctx, filter)) for (const each of entries) print(lineOf(each));
  },
};

function filterOf(given: object): AuditFilter {
  const parsed = auditFilter.safeParse(given);
  if (parsed.success) return parsed.data;
  const [wrong] = parsed.error.issues;
  throw new UsageError(`--${wrong?.path.join(".")} cannot be used: days are written like 2026-11-22.`);
}

function wordsOf({ id, at, actor, action, subject, subjectName, reason, address }: AuditEntry): string {
  const named = subjectName === null ? subject : `${subject} (${subjectName})`;
  const words = [id, at, actor.name ?? actor.id, action, named, reason ?? "-", address ?? "-"];
  // Names and reasons are anybody's text: they may not steer the terminal.
  return words.join("  ").replace(/\p{C}/gu, "?");
}

/** JSON in which nothing steers a terminal: what cannot be seen stands as its escape. */
const inAscii = (json: string): string =>
  json.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) =>
    [...Array(character.length).keys()]
      .map((unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, "0")}`)
      .join(""),
  );
