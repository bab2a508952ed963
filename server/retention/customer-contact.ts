import type { Context } from "../context.ts";
import type { CustomerContact } from "../contracts/api/retention.ts";
import type { CallResult } from "../contracts/cases.ts";
import type { Queryable } from "../db/queryable.ts";

const DAY_MS = 86_400_000;

interface Row {
  readonly reached: number;
  readonly result: CallResult | null;
  readonly at: Date | null;
  readonly by: string | null;
  readonly by_name: string | null;
}

/**
 * Whether a customer may be called, by what was told of calls on all of their cases.
 * @param userId the customer
 */
export async function customerContact(
  { pool, now, settings }: Pick<Context, "now" | "settings"> & { readonly pool: Pick<Queryable, "query"> },
  userId: string,
): Promise<CustomerContact> {
  const config = await settings.inForce();
  const limit = { times: config.CONTACT_LIMIT_TIMES, days: config.CONTACT_LIMIT_DAYS };
  const { rows } = await pool.query<Row>(
    `WITH told AS (
       SELECT e.id, e.at, e.actor, e.kind, e.body->>'result' AS result
       FROM retention_case c JOIN case_event e ON e.case_id = c.id
       WHERE c.user_id = $1 AND e.kind IN ('called', 'contacted')
     ), newest AS (
       SELECT * FROM told WHERE result IN ('do_not_contact', 'may_contact') ORDER BY id DESC LIMIT 1
     )
     SELECT (SELECT count(*)::int FROM told
         WHERE at > $2 AND (kind = 'contacted' OR result IN ('reached', 'call_back', 'do_not_contact'))) AS reached,
       n.result, n.at, n.actor AS by, p.name AS by_name
     FROM (SELECT 1) one LEFT JOIN newest n ON true LEFT JOIN "user" p ON p.id = n.actor`,
    [userId, new Date(now() - limit.days * DAY_MS)],
  );
  const [row] = rows;
  const isBarred = row?.result === "do_not_contact" && row.at !== null;
  const by = row?.by == null ? null : { id: row.by, name: row.by_name ?? row.by };
  return {
    barred: isBarred && row.at ? { at: row.at.toISOString(), by } : null,
    reached: row?.reached ?? 0,
    limit,
  };
}
