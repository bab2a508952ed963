import type { Context } from "../context.ts";

/** The first business date that has ever had an order; null: none yet. */
export async function firstDay({ pool }: Pick<Context, "pool">): Promise<string | null> {
  const { rows } = await pool.query<{ first: string | null }>(
    "SELECT to_char(min(biz_date), 'YYYY-MM-DD') AS first FROM order_day",
  );
  return rows[0]?.first ?? null;
}
