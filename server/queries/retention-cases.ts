import type { z } from "zod";
import { CASE_STATES, type CasesPage, caseState, type casesQuery } from "../contracts/api/retention.ts";
import { InvalidInput } from "../lib/errors.ts";
import type { Runtime } from "../runtime.ts";
import { type CaseRow, caseSummaryOf, SELECT_CASES } from "./case-summaries.ts";
import { cutPage, decodeCursor } from "./cursor.ts";

type Query = z.infer<typeof casesQuery>;

/** Sort keys, each descending with the id as tie-break, and how a row gives its own. */
const SORTS = {
  premiumAtRisk: {
    column: "c.premium_at_risk",
    type: "numeric",
    part: "decimal",
    keyOf: (row: CaseRow) => row.premium_at_risk,
  },
  openedAt: {
    column: "c.opened_at",
    type: "timestamptz",
    part: "instant",
    keyOf: (row: CaseRow) => row.opened_at.toISOString(),
  },
  updatedAt: {
    column: "c.updated_at",
    type: "timestamptz",
    part: "instant",
    keyOf: (row: CaseRow) => row.updated_at.toISOString(),
  },
} as const;

/** The queue: cases by state, assignee and user, in pages that hold under live changes (keyset, no offset). */
export async function retentionCases(
  rt: Pick<Runtime, "pool" | "vault">,
  query: Query,
  actorId: string,
): Promise<CasesPage> {
  const sort = SORTS[query.sort];
  const after = decodeCursor(query.cursor, [sort.part, "integer"]);
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const where = [
    `c.state = ANY (${bind(statesOf(query.state))})`,
    ...assigneeCondition(query.assignee, actorId, bind),
    ...(query.userId === undefined ? [] : [`c.user_id = ${bind(query.userId)}`]),
    ...(after
      ? [`(${sort.column}, c.id) < (${bind(after[0])}::${sort.type}, ${bind(after[1])}::bigint)`]
      : []),
  ];
  const { rows } = await rt.pool.query<CaseRow>(
    `${SELECT_CASES} WHERE ${where.join(" AND ")} ORDER BY ${sort.column} DESC, c.id DESC LIMIT ${bind(query.limit + 1)}`,
    values,
  );
  const { items, nextCursor } = cutPage(rows, query.limit, (row) => [sort.keyOf(row), row.id]);
  return { items: items.map((row) => caseSummaryOf(row, rt.vault)), nextCursor };
}

/** `open` is all but closed; default: all. @throws {InvalidInput} on a state that does not exist */
function statesOf(text: string | undefined): readonly string[] {
  if (text === undefined || text === "" || text === "all") return CASE_STATES;
  if (text === "open") return CASE_STATES.filter((state) => state !== "closed");
  return text.split(",").map((name) => {
    const state = caseState.safeParse(name.trim());
    if (state.success) return state.data;
    throw new InvalidInput(`There is no such state; use open, all or ${CASE_STATES.join(", ")}.`, {
      field: "state",
    });
  });
}

function assigneeCondition(
  assignee: string | undefined,
  actorId: string,
  bind: (value: unknown) => string,
): string[] {
  if (assignee === undefined || assignee === "") return [];
  if (assignee === "none") return ["c.assignee IS NULL"];
  return [`c.assignee = ${bind(assignee === "me" ? actorId : assignee)}`];
}
