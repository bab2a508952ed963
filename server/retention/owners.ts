import { rolesThatMay } from "../access/can.ts";
import { type DataScope, scopeCondition } from "../access/data-scope.ts";
import type { Context } from "../context.ts";
import type { Owners } from "../contracts/api/retention.ts";

/**
 * Whose cases one may ask for: people who may work on cases, and whoever else has an open one, by name; for somebody with a scope,
 * those who may see a customer of it.
 */
export async function owners(ctx: Pick<Context, "pool">, scope: DataScope): Promise<Owners> {
  const values: unknown[] = [rolesThatMay("retention.work")];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const sees = scope === null ? "true" : `(segments = '{}' OR segments && ${bind(scope)}::text[])`;
  const inScope = ["true", ...scopeCondition(scope, "c.user_id", bind)].join(" AND ");
  const { rows } = await ctx.pool.query<Owners["items"][number]>(
    `SELECT id, name FROM "user" p WHERE ("disabledAt" IS NULL AND role = ANY ($1) AND ${sees})
       OR EXISTS (SELECT 1 FROM retention_case c WHERE c.assignee = p.id AND c.state <> 'closed' AND ${inScope})
     ORDER BY name, id`,
    values,
  );
  return { items: rows };
}
