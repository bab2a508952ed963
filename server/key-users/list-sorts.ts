import type { KeyUserSort } from "../contracts/list-form.ts";

/** What a page is cut by. */
export interface SortableRow {
  readonly updated_at: Date;
  /** What the row is sorted by, as text. */
  readonly sorted_by: string;
}

interface Sort {
  /** Never null, so that a page can go on behind any row. */
  readonly by: string;
  readonly type: string;
  readonly part: "integer" | "decimal" | "instant" | "text";
  /** Unless the other way is asked for. */
  readonly direction: "asc" | "desc";
  readonly keyOf: (row: SortableRow) => string;
}

/** Letters of a cover that count for its place: a cursor holds no more. */
const LETTERS = 80;
const BEGINNING = "'-9223372036854775808'::bigint";
/** As the column tells it: to follow up, nothing to tell, removed. */
const STATE = "CASE WHEN k.removed_at IS NOT NULL THEN 0 WHEN c.id IS NULL THEN 1 ELSE 2 END";
const asText = (row: SortableRow): string => row.sorted_by;

/** Orders of the list; customers who are equal in one stand by their ids. A blank cover, no segment, and "since always", come lowest. */
export const SORTS: Readonly<Record<KeyUserSort, Sort>> = {
  userId: { by: "k.user_id", type: "bigint", part: "integer", direction: "asc", keyOf: asText },
  rawPremium: { by: "k.raw_premium", type: "numeric", part: "decimal", direction: "desc", keyOf: asText },
  rawInfo: {
    by: `left(coalesce(k.raw_info, ''), ${LETTERS}) COLLATE "C"`,
    type: "text",
    part: "text",
    direction: "asc",
    keyOf: asText,
  },
  segment: {
    by: `coalesce(k.segment, '') COLLATE "C"`,
    type: "text",
    part: "text",
    direction: "asc",
    keyOf: asText,
  },
  baselineAsOf: {
    by: `coalesce(k.baseline_as_of, ${BEGINNING})`,
    type: "bigint",
    part: "integer",
    direction: "desc",
    keyOf: asText,
  },
  updatedBy: {
    by: `coalesce(p.name, a.name, k.updated_by) COLLATE "C"`,
    type: "text",
    part: "text",
    direction: "asc",
    keyOf: asText,
  },
  updatedAt: {
    by: "k.updated_at",
    type: "timestamptz",
    part: "instant",
    direction: "desc",
    keyOf: (row) => row.updated_at.toISOString(),
  },
  state: { by: STATE, type: "int", part: "integer", direction: "desc", keyOf: asText },
};
