import type { Context } from "../context.ts";
import type { Moves } from "../contracts/api/orders.ts";
import { readSnapshot } from "../db/read-snapshot.ts";

/** What the newest commits moved on a business date, newest first; default today. Moves beyond `snapshot` may be among them: their keys tell. */
export async function recentMoves(
  ctx: Pick<Context, "pool" | "epoch" | "live" | "time" | "now">,
  date = ctx.time.dateOf(ctx.now()),
): Promise<Moves> {
  const { snapshot } = await readSnapshot(ctx, async () => undefined);
  const { items, perSecond } = ctx.live.recentMoves(date);
  return { items: [...items], perSecond, snapshot };
}
