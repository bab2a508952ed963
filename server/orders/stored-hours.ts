import type pg from "pg";
import type { HourAggregate } from "../contracts/committed.ts";
import { parseFen } from "../contracts/money.ts";

interface Row {
  readonly biz_hour: string;
  readonly total_premium: string;
  readonly policy_cnt: number;
  readonly policy_holder_cnt: number;
  readonly winner_cnt: number;
  readonly gross_premium: string;
  readonly gross_order_cnt: number;
  readonly revised_by_late: boolean;
}

const COLUMNS = `biz_hour, total_premium, policy_cnt, policy_holder_cnt, winner_cnt, gross_premium, gross_order_cnt,
  revised_by_late`;

/** The hours of a business date that have figures, in order; as an earlier revision had them, if one is named. */
export async function storedHours(
  db: Pick<pg.ClientBase, "query">,
  date: string,
  revision: number | null = null,
): Promise<HourAggregate[]> {
  const { rows } = await db.query<Row>(
    revision === null
      ? `SELECT ${COLUMNS} FROM hour_figure WHERE biz_date = $1 ORDER BY biz_hour`
      : `SELECT ${COLUMNS} FROM day_revision_hour WHERE biz_date = $1 AND revision = $2 ORDER BY biz_hour`,
    revision === null ? [date] : [date, revision],
  );
  return rows.map((row) => ({
    bizHour: row.biz_hour,
    bizDate: date,
    totalPremium: parseFen(row.total_premium) ?? 0n,
    policyCount: row.policy_cnt,
    policyHolderCount: row.policy_holder_cnt,
    winnerCount: row.winner_cnt,
    grossPremium: parseFen(row.gross_premium) ?? 0n,
    grossOrderCount: row.gross_order_cnt,
    revisedByLate: row.revised_by_late,
  }));
}
