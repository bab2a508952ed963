import type { HourAggregate } from "#server/contracts/committed.ts";
import { formatFen } from "#server/contracts/money.ts";
import type { Queryable } from "#server/db/queryable.ts";

/** Writes changed hours in their newest state; an hour with neither winners nor gross orders has no row (rule O5). */
export async function writeHours(
  db: Queryable,
  position: number,
  hours: readonly HourAggregate[],
): Promise<void> {
  const standing = hours.filter((hour) => hour.winnerCount > 0 || hour.grossOrderCount > 0);
  const gone = hours.filter((hour) => hour.winnerCount === 0 && hour.grossOrderCount === 0);
  if (standing.length > 0) await upsertHours(db, position, standing);
  if (gone.length > 0) {
    await db.query("DELETE FROM hour_figure WHERE biz_hour = ANY ($1)", [gone.map((hour) => hour.bizHour)]);
  }
}

async function upsertHours(db: Queryable, position: number, hours: readonly HourAggregate[]): Promise<void> {
  await db.query(
    `INSERT INTO hour_figure (biz_hour, biz_date, total_premium, policy_cnt, policy_holder_cnt, winner_cnt,
       gross_premium, gross_order_cnt, revised_by_late, position)
     SELECT *, $10::bigint FROM unnest($1::text[], $2::date[], $3::numeric[], $4::int[], $5::int[], $6::int[],
       $7::numeric[], $8::int[], $9::bool[])
     ON CONFLICT (biz_hour) DO UPDATE SET total_premium = excluded.total_premium, policy_cnt = excluded.policy_cnt,
       policy_holder_cnt = excluded.policy_holder_cnt, winner_cnt = excluded.winner_cnt,
       gross_premium = excluded.gross_premium, gross_order_cnt = excluded.gross_order_cnt,
       revised_by_late = excluded.revised_by_late, position = excluded.position`,
    [
      hours.map((hour) => hour.bizHour),
      hours.map((hour) => hour.bizDate),
      hours.map((hour) => formatFen(hour.totalPremium)),
      hours.map((hour) => hour.policyCount),
      hours.map((hour) => hour.policyHolderCount),
      hours.map((hour) => hour.winnerCount),
      hours.map((hour) => formatFen(hour.grossPremium)),
      hours.map((hour) => hour.grossOrderCount),
      hours.map((hour) => hour.revisedByLate),
      position,
    ],
  );
}

/** Hours of a day that late events have changed. */
export async function readRevisedHours(db: Queryable, date: string): Promise<string[]> {
  const { rows } = await db.query<{ biz_hour: string }>(
    "SELECT biz_hour FROM hour_figure WHERE biz_date = $1 AND revised_by_late",
    [date],
  );
  return rows.map((row) => row.biz_hour);
}
