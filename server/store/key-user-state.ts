import type pg from "pg";
import { parseFen } from "../contracts/money.ts";

type Queryable = Pick<pg.ClientBase, "query">;

/** A key user and the case that the stream may touch, as locked for one transaction. */
export interface LockedKeyUser {
  readonly userId: string;
  readonly rawPremium: bigint;
  readonly rawInfo: string | null;
  readonly baselineAsOf: number | null;
  readonly asOfOpenId: string | null;
  readonly asOfEvent: boolean;
  /** Rule K5, fen. */
  readonly anchor: bigint;
  readonly case: LockedCase | null;
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
    as_of_open_id: string | null;
    as_of_event: boolean;
    anchor: string;
  }>(
    `SELECT user_id, raw_premium, raw_info, baseline_as_of, as_of_open_id, as_of_event,
       greatest(anchor, raw_premium) AS anchor FROM key_user
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
    asOfOpenId: row.as_of_open_id,
    asOfEvent: row.as_of_event,
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
