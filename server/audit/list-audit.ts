import type { z } from "zod";
import type { Context } from "../context.ts";
import type {
  AuditActor,
  AuditActors,
  AuditEntry,
  AuditFilter,
  AuditPage,
  auditQuery,
} from "../contracts/api/audit.ts";
import { isOfCommandLine } from "../db/audit.ts";
import { cutPage, decodeCursor } from "../lib/cursor.ts";
import { conditionsOf } from "./audit-filter.ts";
import { withPeople } from "./details-people.ts";

type Query = z.infer<typeof auditQuery>;
type Reads = Pick<Context, "pool" | "time">;

interface Row {
  readonly id: string;
  readonly at: Date;
  readonly actor: string;
  readonly person: string | null;
  readonly key: string | null;
  readonly action: string;
  readonly subject: string;
  readonly subject_name: string | null;
  readonly address: string | null;
  readonly details: Readonly<Record<string, unknown>> | null;
}

/** Names are joined as they are now: an entry keeps ids alone. */
const SELECT = `
  SELECT e.id::text, e.at, e.actor, e.action, e.subject, d.address, d.details, p.name AS person, k.name AS key,
    coalesce(sp.name, sk.name, si.name) AS subject_name
  FROM audit_entry e LEFT JOIN audit_detail d ON d.entry_id = e.id
    LEFT JOIN "user" p ON p.id = e.actor LEFT JOIN api_key k ON k.id = e.actor
    LEFT JOIN "user" sp ON e.subject LIKE 'person %' AND sp.id = substr(e.subject, 8)
    LEFT JOIN api_key sk ON e.subject LIKE 'api-key %' AND sk.id = substr(e.subject, 9)
    LEFT JOIN invitation si ON e.subject LIKE 'invitation %' AND si.id = substr(e.subject, 12)`;

/** The log, filtered, newest first, in pages that hold while entries are added; `total` counts the whole filter. */
export async function auditEntries(ctx: Reads, query: Query): Promise<AuditPage> {
  const [page, total] = await Promise.all([readPage(ctx, query), countAll(ctx, query)]);
  return { ...page, total };
}

async function countAll(ctx: Reads, filter: AuditFilter): Promise<number> {
  const values: unknown[] = [];
  const where = conditionsOf(filter, ctx.time, (value) => `$${values.push(value)}`);
  const { rows } = await ctx.pool.query<{ total: number }>(
    `SELECT count(*)::int AS total FROM audit_entry e LEFT JOIN audit_detail d ON d.entry_id = e.id
     WHERE ${["true", ...where].join(" AND ")}`,
    values,
  );
  return rows[0]?.total ?? 0;
}

async function readPage(ctx: Reads, query: Query): Promise<Omit<AuditPage, "total">> {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const where = ["true", ...conditionsOf(query, ctx.time, bind)];
  const before = decodeCursor(query.cursor, ["integer"]);
  if (before) where.push(`e.id < ${bind(before[0])}::bigint`);
  const { rows } = await ctx.pool.query<Row>(
    `${SELECT} WHERE ${where.join(" AND ")} ORDER BY e.id DESC LIMIT ${bind(query.limit + 1)}`,
    values,
  );
  const page = cutPage(rows, query.limit, ({ id }) => [id]);
  const items = page.items.map(entryOf);
  return { items: await withPeople(ctx.pool, items), nextCursor: page.nextCursor };
}

const SLICE = 500;

/** All entries of a filter, in slices, newest first: what an export streams. */
export async function* allAuditEntries(ctx: Reads, filter: AuditFilter): AsyncGenerator<AuditEntry[]> {
  let cursor: string | undefined;
  do {
    const page = await readPage(ctx, { ...filter, limit: SLICE, cursor });
    yield page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

const MOST_ACTORS = 1_000;

/** Who stands in the log, by name: what the filter can be chosen from. One step of the index for each of them, however long the log is. */
export async function auditActors({ pool }: Pick<Context, "pool">): Promise<AuditActors> {
  const { rows } = await pool.query<Pick<Row, "actor" | "person" | "key">>(
    `WITH RECURSIVE each AS (
       (SELECT actor FROM audit_entry ORDER BY actor LIMIT 1)
       UNION ALL
       SELECT (SELECT e.actor FROM audit_entry e WHERE e.actor > each.actor ORDER BY e.actor LIMIT 1)
       FROM each WHERE each.actor IS NOT NULL)
     SELECT each.actor, p.name AS person, k.name AS key
     FROM each LEFT JOIN "user" p ON p.id = each.actor LEFT JOIN api_key k ON k.id = each.actor
     WHERE each.actor IS NOT NULL ORDER BY coalesce(p.name, k.name, each.actor), each.actor LIMIT ${MOST_ACTORS}`,
  );
  return { items: rows.map(actorOf) };
}

function entryOf(row: Row): AuditEntry {
  const { id, at, action, subject, subject_name, address, details } = row;
  const reason = details?.reason;
  return {
    id,
    at: at.toISOString(),
    actor: actorOf(row),
    action,
    subject,
    subjectName: subject_name,
    reason: typeof reason === "string" ? reason : null,
    address,
    details,
  };
}

const actorOf = ({ actor, person, key }: Pick<Row, "actor" | "person" | "key">): AuditActor => ({
  id: actor,
  name: person ?? key,
  kind: kindOf(actor, person, key),
});

function kindOf(actor: string, person: string | null, key: string | null): AuditActor["kind"] {
  if (person !== null) return "person";
  if (key !== null) return "key";
  if (isOfCommandLine(actor)) return "command";
  return actor === "system" || actor === "anonymous" ? actor : "gone";
}
