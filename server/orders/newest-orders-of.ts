import type { Context } from "../context.ts";

/**
 * Says whether a day's orders are still those of before: changes with each committed batch that holds one of them, and with
 * each revision. Null: the log holds none.
 */
export async function newestOrdersOf(
  { pool, time }: Pick<Context, "pool" | "time">,
  date: string,
): Promise<string | null> {
  const { rows } = await pool.query<{ position: string | null }>(
    `SELECT max(position) || '.' || coalesce((SELECT revision FROM order_day WHERE biz_date = $3), 0) AS position
     FROM event_log WHERE stream = 'orders' AND min_event_time < $2 AND max_event_time >= $1`,
    [time.startOf(date), time.endOf(date), date],
  );
  return rows[0]?.position ?? null;
}
