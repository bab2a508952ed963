import type { z } from "zod";
import type { Context } from "../context.ts";
import type {
  CountedGroup,
  DeadLetter,
  DeadLetterState,
  DeadLettersPage,
  deadLettersQuery,
  ReasonGroups,
  reasonGroupsQuery,
} from "../contracts/api/dead-letters.ts";
import type { StreamName } from "../contracts/streams.ts";
import { cutPage, decodeCursor } from "../lib/cursor.ts";
import { whereOf } from "./dead-letter-filter.ts";

interface DeadLetterRow {
  readonly id: string;
  readonly stream: StreamName;
  readonly line: number;
  readonly code: string;
  readonly field: string | null;
  readonly message: string;
  readonly received_at: Date;
  readonly state: DeadLetterState;
  readonly version: number;
  readonly attempts: number;
  readonly settled_at: Date | null;
  readonly settled_by: string | null;
  readonly reason: string | null;
}

/** A dead letter without its line. */
export const DEAD_LETTER_COLUMNS = `d.id, d.stream, d.line, d.code, d.field, d.message, d.received_at, d.state, d.version,
  d.attempts, d.settled_at, coalesce(u.name, d.settled_by) AS settled_by, d.reason`;
export const DEAD_LETTER_TABLES = `dead_letter d LEFT JOIN "user" u ON u.id = d.settled_by`;

/** Refused lines, newest first: why, never the line itself. */
export async function deadLetters(
  ctx: Pick<Context, "pool">,
  { limit, cursor, ...filter }: z.infer<typeof deadLettersQuery>,
): Promise<DeadLettersPage> {
  const before = decodeCursor(cursor, ["integer"])?.[0] ?? null;
  const { sql, params } = whereOf(filter);
  const [at, most] = [params.length + 1, params.length + 2];
  const { rows } = await ctx.pool.query<DeadLetterRow>(
    `SELECT ${DEAD_LETTER_COLUMNS} FROM ${DEAD_LETTER_TABLES}
     WHERE ${sql} AND ($${at}::bigint IS NULL OR d.id < $${at}) ORDER BY d.id DESC LIMIT $${most}`,
    [...params, before, limit + 1],
  );
  const { items, nextCursor } = cutPage(rows, limit, (row) => [row.id]);
  return { items: items.map(deadLetterOf), nextCursor };
}

/** How many dead letters there are in each reason group, most first: what is worth fixing first. */
export async function reasonGroups(
  ctx: Pick<Context, "pool">,
  filter: z.infer<typeof reasonGroupsQuery>,
): Promise<ReasonGroups> {
  const { sql, params } = whereOf(filter);
  const { rows } = await ctx.pool.query<Omit<CountedGroup, "lastAt"> & { lastAt: Date }>(
    `SELECT k.stream, k.code, k.field, k.count, n.received_at AS "lastAt"
     FROM (SELECT d.stream, d.code, d.field, count(*)::int AS count, max(d.id) AS newest
           FROM dead_letter d WHERE ${sql} GROUP BY d.stream, d.code, d.field) k
     JOIN dead_letter n ON n.id = k.newest ORDER BY k.count DESC, k.stream, k.code, k.field`,
    [...params],
  );
  return { items: rows.map((row) => ({ ...row, lastAt: row.lastAt.toISOString() })) };
}

export function deadLetterOf(row: DeadLetterRow): DeadLetter {
  return {
    id: row.id,
    stream: row.stream,
    line: row.line,
    code: row.code,
    field: row.field,
    message: row.message,
    receivedAt: row.received_at.toISOString(),
    state: row.state,
    version: row.version,
    attempts: row.attempts,
    settledAt: row.settled_at?.toISOString() ?? null,
    settledBy: row.settled_by,
    reason: row.reason,
  };
}
