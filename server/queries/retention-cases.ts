import type { z } from "zod";
import { type CasesPage, caseState, type casesQuery } from "../contracts/api/retention.ts";
import { CASE_STATES } from "../contracts/cases.ts";
import { InvalidInput } from "../lib/errors.ts";
import type { Runtime } from "../runtime.ts";
import { type CaseRow, SELECT_CASES, summariesOf } from "./case-summaries.ts";
import { cutPage, decodeCursor } from "./cursor.ts";

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
    keyOf: (row: CaseRow) => row.opened_at.toISOString(),
  },
  updatedAt: {
    column: "updated_at",
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
  const states = bind(statesOf(query.state));
  const where = [
    "found.state = wanted.state",
    ...assigneeCondition(query.assignee, actorId, bind),
    ...(query.userId === undefined ? [] : [`found.user_id = ${bind(query.userId)}`]),
    ...(after
      ? [`(found.${sort.column}, found.id) < (${bind(after[0])}::${sort.type}, ${bind(after[1])}::bigint)`]
      : []),
  ];
  const limit = bind(query.limit + 1);
  // Each state's own index gives its part of the page in order, so a page costs the same anywhere in the queue.
  const text = `${SELECT_CASES} WHERE c.id = ANY (ARRAY(
      SELECT page.id FROM unnest(${states}::text[]) AS wanted (state) CROSS JOIN LATERAL (
        SELECT found.id, found.${sort.column} FROM retention_case found WHERE ${where.join(" AND ")}
        ORDER BY found.${sort.column} DESC, found.id DESC LIMIT ${limit}
      ) page ORDER BY page.${sort.column} DESC, page.id DESC LIMIT ${limit}))
    ORDER BY c.${sort.column} DESC, c.id DESC`;
  const { rows } = await rt.pool.query<CaseRow>(text, values);
  const { items, nextCursor } = cutPage(rows, query.limit, (row) => [sort.keyOf(row), row.id]);
  return { items: await summariesOf(rt, items), nextCursor };
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
  if (assignee === "none") return ["found.assignee IS NULL"];
  return [`found.assignee = ${bind(assignee === "me" ? actorId : assignee)}`];
}
