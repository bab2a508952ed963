import type { AuditFilter } from "../contracts/api/audit.ts";
import { AUDIT_ACTIONS, AUDIT_NOUNS } from "../contracts/audit-actions.ts";
import { addDays, type BusinessTime } from "../contracts/business-time.ts";
import { InvalidInput } from "../lib/errors.ts";

/** Entries of persons or keys whose names hold a text. */
const NAMED = `
  e.actor IN (SELECT id FROM "user" WHERE name ILIKE $text UNION ALL SELECT id FROM api_key WHERE name ILIKE $text)
  OR e.subject IN (SELECT 'person ' || id FROM "user" WHERE name ILIKE $text
    UNION ALL SELECT 'api-key ' || id FROM api_key WHERE name ILIKE $text)`;

/** The conditions of a filter, by bound values. @throws {InvalidInput} */
export function conditionsOf(
  filter: AuditFilter,
  time: BusinessTime,
  bind: (value: unknown) => string,
): string[] {
  const { actor, action, subject, from, to } = filter;
  requireOrder(filter);
  return [
    ...(actor === undefined ? [] : [`e.actor = ${bind(actor)}`]),
    ...(action === undefined ? [] : [`e.action = ANY (${bind(actionsOf(action))})`]),
    ...(subject === undefined ? [] : [`e.subject = ${bind(subject)}`]),
    ...textOf(filter, bind),
    ...(from === undefined ? [] : [`e.at >= ${bind(new Date(time.startOf(from)))}`]),
    ...(to === undefined ? [] : [`e.at < ${bind(new Date(time.startOf(addDays(to, 1))))}`]),
  ];
}

/** @throws {InvalidInput} nothing can be asked for by this filter */
export function requireFilter(filter: AuditFilter, time: BusinessTime): void {
  conditionsOf(filter, time, () => "");
}

/** An act as it is, whatever it is called; a noun stands for all of its acts. */
function actionsOf(action: string): string[] {
  if (action.includes(".")) return [action];
  const noun = AUDIT_NOUNS.find((each) => each === action);
  if (noun) return AUDIT_ACTIONS[noun].map((verb) => `${noun}.${verb}`);
  const message = "There are no such acts: name one like session.sign-in, or all of them by their noun.";
  throw new InvalidInput(message, { field: "action" });
}

function textOf({ text }: AuditFilter, bind: (value: unknown) => string): string[] {
  const escaped = text?.trim().replace(/[\\%_]/g, "\\$&");
  if (!escaped) return [];
  const pattern = bind(`%${escaped}%`);
  const named = NAMED.replaceAll("$text", () => pattern);
  return [`(e.subject ILIKE ${pattern} OR d.details::text ILIKE ${pattern} OR ${named})`];
}

function requireOrder({ from, to }: AuditFilter): void {
  if (from === undefined || to === undefined || from <= to) return;
  throw new InvalidInput("The dates lie between none: from is after to. Exchange them.", { field: "from" });
}
