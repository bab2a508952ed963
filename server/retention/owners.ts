import { rolesThatMay } from "../access/can.ts";
import type { Context } from "../context.ts";
import type { Owners } from "../contracts/api/retention.ts";

/** Whose cases one may ask for: people who may work on cases, and whoever else has an open one, by name. */
export async function owners(ctx: Pick<Context, "pool">): Promise<Owners> {
  const { rows } = await ctx.pool.query<Owners["items"][number]>(
    `SELECT id, name FROM "user" p WHERE ("disabledAt" IS NULL AND role = ANY ($1))
       OR EXISTS (SELECT 1 FROM retention_case c WHERE c.assignee = p.id AND c.state <> 'closed')
     ORDER BY name, id`,
    [rolesThatMay("retention.work")],
  );
  return { items: rows };
}
