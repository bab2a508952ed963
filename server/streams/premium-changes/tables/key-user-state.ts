import { parseFen } from "#server/contracts/money.ts";
import type { Queryable } from "#server/db/queryable.ts";

/** A key user and the case that the stream may touch, as locked for one transaction. */
export interface LockedKeyUser {
  readonly userId: string;
  readonly rawPremium: bigint;
  readonly rawInfo: string | null;
  readonly baselineAsOf: number | null;
  readonly asOfEvent: boolean;
  /** The greatest event applied (rule K3). */
  readonly lastEvent: LockedEvent | null;
  /** Rule K5, fen. */
  readonly anchor: bigint;
  readonly case: LockedCase | null;
}

interface LockedEvent {
  readonly gmtModified: number;
  readonly openId: string | null;
  readonly nowPremium: bigint;
  readonly nowInfo: string | null;
}

interface LockedCase {
  readonly id: string;
  readonly open: boolean;
  readonly mark: "recovered" | "regressed" | null;
  readonly baselineBefore: bigint;
  readonly anchor: bigint;
  readonly lowest: bigint | null;
  readonly amountNow: bigint;
}

/** Locks the listed users among `userIds`, by id, then their open or newest closed case (rules K2, K6). */
export async function lockKeyUsers(db: Queryable, userIds: readonly string[]): Promise<LockedKeyUser[]> {
  const users = await db.query<{
    user_id: string;
    raw_premium: string;
    raw_info: string | null;
    baseline_as_of: string | null;
    as_of_event: boolean;
    event_time: string | null;
    event_open_id: string | null;
    event_premium: string | null;
    event_info: string | null;
    anchor: string;
  }>(
    `SELECT user_id, raw_premium, raw_info, baseline_as_of, as_of_event,
       event_time, event_open_id, event_premium, event_info, greatest(anchor, raw_premium) AS anchor FROM key_user
     WHERE user_id = ANY ($1::bigint[]) AND removed_at IS NULL ORDER BY user_id FOR UPDATE`,
    [userIds],
  );
  const cases = await lockCases(
    db,
    users.rows.map((row) => row.user_id),
  );
  return users.rows.map((row) => ({
    userId: row.user_id,
    rawPremium: parseFen(row.raw_premium) ?? 0n,
    rawInfo: row.raw_info,
    baselineAsOf: row.baseline_as_of === null ? null : Number(row.baseline_as_of),
    asOfEvent: row.as_of_event,
    lastEvent:
      row.event_time === null
        ? null
        : {
            gmtModified: Number(row.event_time),
            openId: row.event_open_id,
            nowPremium: parseFen(row.event_premium ?? "") ?? 0n,
            nowInfo: row.event_info,
          },
    anchor: parseFen(row.anchor) ?? 0n,
    case: cases.get(row.user_id) ?? null,
  }));
}

async function lockCases(db: Queryable, userIds: readonly string[]): Promise<Map<string, LockedCase>> {
  if (userIds.length === 0) return new Map();
  const { rows } = await db.query<{
    id: string;
    user_id: string;
    open_user_id: string | null;
    mark: "recovered" | "regressed" | null;
    baseline_before: string;
    anchor: string;
    lowest_amount: string | null;
    amount_now: string;
  }>(
    `SELECT id, user_id, open_user_id, mark, baseline_before, greatest(anchor, baseline_before) AS anchor, lowest_amount,
       amount_now FROM retention_case WHERE id IN (
       SELECT DISTINCT ON (user_id) id FROM retention_case WHERE user_id = ANY ($1::bigint[])
       ORDER BY user_id, open_user_id NULLS LAST, opened_at DESC, id DESC)
     ORDER BY id FOR UPDATE`,
    [userIds],
  );
  return new Map(
    rows.map((row) => [
      row.user_id,
      {
        id: row.id,
        open: row.open_user_id !== null,
        mark: row.mark,
        baselineBefore: parseFen(row.baseline_before) ?? 0n,
        anchor: parseFen(row.anchor) ?? 0n,
        lowest: row.lowest_amount === null ? null : parseFen(row.lowest_amount),
        amountNow: parseFen(row.amount_now) ?? 0n,
      },
    ]),
  );
}
