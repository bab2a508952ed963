import type pg from "pg";
import { writeBaselines } from "#server/streams/premium-changes/tables/baselines.ts";
import { at, fen } from "./events.ts";

export interface GivenMove {
  readonly userId: string;
  readonly premium: string;
  readonly info: string | null;
  /** Event time, "11-22 10:00". */
  readonly at: string;
}

/** What an event of the stream does to a row of the list. */
export async function streamMoves(
  harness: { readonly pool: pg.Pool; readonly now: () => number },
  move: GivenMove,
): Promise<void> {
  const { rows } = await harness.pool.query<{ raw_premium: string; raw_info: string | null; anchor: string }>(
    "SELECT raw_premium, raw_info, greatest(anchor, raw_premium) AS anchor FROM key_user WHERE user_id = $1",
    [move.userId],
  );
  const [current] = rows;
  if (!current) throw new Error(`${move.userId} is not on the list`);
  const premiumAfter = fen(move.premium);
  const anchor = fen(current.anchor);
  const isRise = premiumAfter > anchor;
  await writeBaselines(
    harness.pool,
    1,
    [
      {
        userId: move.userId,
        eventTime: at(move.at),
        openId: null,
        premiumBefore: fen(current.raw_premium),
        premiumAfter,
        infoBefore: current.raw_info,
        infoAfter: move.info,
        anchorAfter: isRise ? premiumAfter : anchor,
        seq: 1n,
      },
    ],
    new Date(harness.now()),
  );
}
