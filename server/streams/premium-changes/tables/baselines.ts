import { formatFen } from "#server/contracts/money.ts";
import type { Queryable } from "#server/db/queryable.ts";

/** A baseline that an event set (rule K6), with what stood before it. */
export interface BaselineMove {
  readonly userId: string;
  readonly eventTime: number;
  readonly openId: string | null;
  readonly premiumBefore: bigint;
  readonly premiumAfter: bigint;
  readonly infoBefore: string | null;
  readonly infoAfter: string | null;
  /** Rule K5, fen. */
  readonly anchorAfter: bigint;
  readonly seq: bigint;
}

/** Writes every move into the history and the newest of each user into the list; each move is a version. `moves` are in order of application. */
export async function writeBaselines(
  db: Queryable,
  position: number,
  moves: readonly BaselineMove[],
  now: Date,
): Promise<void> {
  if (moves.length === 0) return;
  const newest = [...new Map(moves.map((move) => [move.userId, move])).values()];
  const byUser = Map.groupBy(moves, (move) => move.userId);
  await db.query(
    `UPDATE key_user AS u SET raw_premium = n.premium, raw_info = n.info, anchor = n.anchor, baseline_as_of = n.as_of,
       as_of_event = true, event_time = n.as_of, event_open_id = n.open_id, event_premium = n.premium, event_info = n.info, version = u.version + n.steps, updated_at = $6, updated_by = 'stream'
     FROM unnest($1::bigint[], $2::numeric[], $3::text[], $4::bigint[], $5::text[], $7::int[], $8::numeric[])
       AS n (user_id, premium, info, as_of, open_id, steps, anchor)
     WHERE u.user_id = n.user_id`,
    [
      newest.map((move) => move.userId),
      newest.map((move) => formatFen(move.premiumAfter)),
      newest.map((move) => move.infoAfter),
      newest.map((move) => move.eventTime),
      newest.map((move) => move.openId),
      now,
      newest.map((move) => byUser.get(move.userId)?.length),
      newest.map((move) => formatFen(move.anchorAfter)),
    ],
  );
  await db.query(
    `INSERT INTO baseline_change (user_id, source, effective_at, changed_at, premium_before, premium_after, info_before, info_after, seq, position)
     SELECT n.user_id, 'stream', n.effective_at, $8, n.before, n.after, n.info_before, n.info_after, n.seq, $9
     FROM unnest($1::bigint[], $2::bigint[], $3::numeric[], $4::numeric[], $5::text[], $6::text[], $7::bigint[])
       WITH ORDINALITY AS n (user_id, effective_at, before, after, info_before, info_after, seq, place) ORDER BY n.place`,
    [
      moves.map((move) => move.userId),
      moves.map((move) => move.eventTime),
      moves.map((move) => formatFen(move.premiumBefore)),
      moves.map((move) => formatFen(move.premiumAfter)),
      moves.map((move) => move.infoBefore),
      moves.map((move) => move.infoAfter),
      moves.map((move) => move.seq),
      now,
      position,
    ],
  );
}
