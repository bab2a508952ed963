import type { z } from "zod";
import type { DataScope } from "../access/data-scope.ts";
import type { keyUsersQuery } from "../contracts/api/key-users.ts";
import type { BusinessTime } from "../contracts/business-time.ts";
import { formatFen, parseFen } from "../contracts/money.ts";
import { InvalidInput } from "../lib/errors.ts";
import { firstLookUp, type LookUps, secondLookUp } from "../lib/sealed-contact.ts";

/** What a list or an export is narrowed by. */
export type KeyUsersFilter = Omit<z.infer<typeof keyUsersQuery>, "limit" | "cursor" | "sort" | "direction">;

/** Beside the filter. */
interface Given {
  readonly time: BusinessTime;
  /** Whose customers the reader sees. */
  readonly scope: DataScope;
  /** What a search finds by name and telephone; null: it does not look there. */
  readonly lookUps: LookUps | null;
}

/** The condition that the list's row `k` is in a scope; without one: none. */
export const ownSegments = (scope: DataScope, bind: (value: unknown) => string): string[] =>
  scope === null ? [] : [`k.segment = ANY (${bind(scope)}::text[])`];

/** The conditions of a filter, by bound values. @throws {InvalidInput} */
export function conditionsOf(
  filter: KeyUsersFilter,
  { time, scope, lookUps }: Given,
  bind: (value: unknown) => string,
): string[] {
  const where = [...statusOf(filter), ...searchOf(filter, lookUps, bind), ...amountsOf(filter, bind)];
  where.push(...ownSegments(scope, bind));
  if (filter.segment !== undefined) where.push(`k.segment = ${bind(filter.segment)}`);
  if (filter.openCase !== undefined) {
    const exists = "EXISTS (SELECT 1 FROM retention_case o WHERE o.open_user_id = k.user_id)";
    where.push(filter.openCase === "yes" ? exists : `NOT ${exists}`);
  }
  if (filter.editor !== undefined) where.push(`k.updated_by = ${bind(filter.editor)}`);
  if (filter.changedSince !== undefined) {
    where.push(`k.updated_at >= ${bind(new Date(startOf(filter.changedSince, time)))}`);
  }
  return where.length > 0 ? where : ["true"];
}

/** For who answers in pieces: what cannot be used is refused before the first of them. @throws {InvalidInput} */
export function requireFilter(filter: KeyUsersFilter, { time }: Pick<Given, "time">): void {
  conditionsOf(filter, { time, scope: null, lookUps: null }, () => "$1");
}

function statusOf({ status }: KeyUsersFilter): string[] {
  if (status === "all") return [];
  return [status === "active" ? "k.removed_at IS NULL" : "k.removed_at IS NOT NULL"];
}

function searchOf(
  filter: KeyUsersFilter,
  lookUps: LookUps | null,
  bind: (value: unknown) => string,
): string[] {
  const search = filter.search?.trim().replace(/[\\%_]/g, "\\$&");
  if (!search) return [];
  const found = [
    `k.user_id::text LIKE ${bind(`${search}%`)}`,
    `k.raw_info ILIKE ${bind(`%${search}%`)}`,
    ...(lookUps === null ? [] : contactsOf(lookUps, bind)),
  ];
  return [`(${found.join(" OR ")})`];
}

const contactsOf = ({ name, surname, telephone }: LookUps, bind: (value: unknown) => string): string[] => [
  `${firstLookUp("k.customer_name")} = ${bind(name)}`,
  `${secondLookUp("k.customer_name")} = ${bind(surname)}`,
  `${firstLookUp("k.customer_tel")} = ${bind(telephone)}`,
];

function amountsOf({ amountFrom, amountTo }: KeyUsersFilter, bind: (value: unknown) => string): string[] {
  const [from, to] = [amountIn("amountFrom", amountFrom), amountIn("amountTo", amountTo)];
  if (from !== null && to !== null && from > to) {
    const message = "The amounts lie between none: amountFrom is above amountTo. Exchange them.";
    throw new InvalidInput(message, { field: "amountFrom" });
  }
  return [
    ...(from === null ? [] : [`k.raw_premium >= ${bind(formatFen(from))}::numeric`]),
    ...(to === null ? [] : [`k.raw_premium <= ${bind(formatFen(to))}::numeric`]),
  ];
}

function amountIn(field: string, text: string | undefined): bigint | null {
  if (text === undefined || text.trim() === "") return null;
  const amount = parseFen(text);
  if (amount !== null) return amount;
  throw new InvalidInput(`${field} is no decimal number: write it like 1234.50.`, { field });
}

/** ms; a business date counts from its first moment. */
const startOf = (since: string, time: BusinessTime): number =>
  since.length === "2026-11-22".length ? time.startOf(since) : Date.parse(since);
