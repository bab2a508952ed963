import type { z } from "zod";
import type { Actor } from "../access/can.ts";
import { dataScopeOf, scopeCondition } from "../access/data-scope.ts";
import type { Context } from "../context.ts";
import { type CasesPage, caseState, type casesQuery } from "../contracts/api/retention.ts";
import { CASE_STATES, NEEDS_SOMEBODY } from "../contracts/cases.ts";
import { isoOf } from "../db/iso-of.ts";
import { prepared } from "../db/prepared.ts";
import { cutPage, decodeCursor } from "../lib/cursor.ts";
import { InvalidInput } from "../lib/errors.ts";
import { type CaseRow, SELECT_CASES, summariesOf } from "./case-summaries.ts";

type Query = z.infer<typeof casesQuery>;

/** Sort keys, each descending with the id as tie-break, and how a row gives its own. */
const SORTS = {
  premiumAtRisk: {
    column: "premium_at_risk",
    type: "numeric",
    part: "decimal",
    keyOf: (row: CaseRow) => row.premium_at_risk,
  },
  openedAt: {
    column: "opened_at",
    type: "timestamptz",
    part: "instant",
    keyOf: (row: CaseRow) => isoOf(row.opened_at),
  },
  updatedAt: {
    column: "updated_at",
    type: "timestamptz",
    part: "instant",
    keyOf: (row: CaseRow) => isoOf(row.updated_at),
  },
} as const;

/**
 * Written out, all states and how many rows one of them may give: what the database must know to see that one plan is as good for
 * every page. It plans a page anew while it has to guess them, which takes as long as to read it.
 */
const EVERY_STATE = `(VALUES ${CASE_STATES.map((state) => `('${state}')`).join(", ")})`;
const ROOMS = [51, 101, 201, 501];

/** The sign that follows the digits. */
const AFTER_DIGITS = ":";

/** Where the first page begins: above every amount, every time and every id. */
const BEFORE_ALL = ["Infinity", "9223372036854775807"];

/** The queue: cases by state, assignee and user, in pages that hold under live changes (keyset, no offset). */
export async function retentionCases(
  ctx: Pick<Context, "pool" | "cipher">,
  query: Query,
  actor: Actor,
): Promise<CasesPage> {
  const sort = SORTS[query.sort];
  const { text, values } = pageStatement(query, actor);
  const { rows } = await prepared(ctx.pool).query<CaseRow>(text, values);
  const { items, nextCursor } = cutPage(rows, query.limit, (row) => [sort.keyOf(row), row.id]);
  return { items: await summariesOf(ctx, items), nextCursor };
}

/** Each state's own index gives its part of the page in order, so a page costs the same anywhere in the queue. */
function pageStatement(query: Query, actor: Actor) {
  const { column, type, part } = SORTS[query.sort];
  const [key, id] = decodeCursor(query.cursor, [part, "integer"]) ?? BEFORE_ALL;
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const assignee = assigneeCondition("found.assignee", query.assignee, actor.id, bind);
  const where = [
    `wanted.state = ANY (${bind(statesOf(query.state))}::text[]) AND found.state = wanted.state`,
    ...assignee,
    ...scopeCondition(dataScopeOf(actor), "found.user_id", bind),
    ...(query.userId === undefined ? [] : [`found.user_id = ${bind(query.userId)}`]),
    ...(query.find === undefined ? [] : [endingWith(query.find, bind)]),
    `(found.${column}, found.id) < (${bind(key)}::${type}, ${bind(id)}::bigint)`,
  ];
  // The same for all of one assignee, or of none: but that an index by assignee has these in order goes without saying for one only.
  const byAssignee = assignee.length > 0 ? "found.assignee DESC, " : "";
  const room = ROOMS.find((rows) => rows > query.limit) ?? query.limit + 1;
  const text = `${SELECT_CASES} WHERE c.id = ANY (ARRAY(
      SELECT page.id FROM ${EVERY_STATE} AS wanted (state) CROSS JOIN LATERAL (
        SELECT found.id, found.${column} FROM retention_case found WHERE ${where.join(" AND ")}
        ORDER BY ${byAssignee}found.${column} DESC, found.id DESC LIMIT ${room}
      ) page ORDER BY page.${column} DESC, page.id DESC LIMIT ${bind(query.limit + 1)}))
    ORDER BY c.${column} DESC, c.id DESC`;
  return { text, values };
}

/** `open` is all but closed, `now` those that need somebody; default: all. @throws {InvalidInput} on a state that does not exist */
function statesOf(text: string | undefined): readonly string[] {
  if (text === undefined || text === "" || text === "all") return CASE_STATES;
  if (text === "open") return CASE_STATES.filter((state) => state !== "closed");
  if (text === "now") return NEEDS_SOMEBODY;
  return text.split(",").map((name) => {
    const state = caseState.safeParse(name.trim());
    if (state.success) return state.data;
    throw new InvalidInput(`There is no such state; use now, open, all or ${CASE_STATES.join(", ")}.`, {
      field: "state",
    });
  });
}

/** Cases whose customer number ends with these digits, the whole number among them: a range of the index of reversed numbers. */
function endingWith(digits: string, bind: (value: unknown) => string): string {
  const reversed = [...digits].reverse().join("");
  const number = 'reverse(ending.user_id::text) COLLATE "C"';
  const range = `${number} >= ${bind(reversed)} AND ${number} < ${bind(`${reversed}${AFTER_DIGITS}`)}`;
  return `found.id = ANY (ARRAY(SELECT ending.id FROM retention_case ending WHERE ${range}))`;
}

/** `me`, `none` or a person's id, as SQL; without any: no condition. */
export function assigneeCondition(
  column: string,
  assignee: string | undefined,
  actorId: string,
  bind: (value: unknown) => string,
): string[] {
  if (assignee === undefined || assignee === "") return [];
  if (assignee === "none") return [`${column} IS NULL`];
  return [`${column} = ${bind(assignee === "me" ? actorId : assignee)}`];
}
