import type { BusinessTime } from "../contracts/business-time.ts";
import type { Queryable } from "../db/queryable.ts";
import { Unavailable } from "../lib/errors.ts";

/**
 * The state rows must hold all that the log holds of a closed business day, but for what came late: they follow it by a moment.
 * Commits after the last one that changed a figure brought nothing but late orders; to wait for those would have no end
 * while many come.
 * @throws {Unavailable}
 */
export async function requireCovered(
  db: Queryable,
  time: Pick<BusinessTime, "startOf" | "endOf">,
  date: string,
): Promise<void> {
  const { rows } = await db.query<{ isCovered: boolean }>(
    `SELECT covered_position >= coalesce((SELECT max(position) FROM event_log
       WHERE stream = 'orders' AND min_event_time < $2 AND max_event_time >= $1
         AND position <= (SELECT max(position) FROM hour_figure WHERE biz_date = $3)), 0) AS "isCovered"
     FROM stream WHERE name = 'orders'`,
    [time.startOf(date), time.endOf(date), date],
  );
  if (!rows[0]?.isCovered) throw new Unavailable("The day is still being written; try again in a moment.");
}
