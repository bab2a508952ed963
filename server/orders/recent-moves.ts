import type { Context } from "../context.ts";
import type { Moves } from "../contracts/api/orders.ts";
import { readSnapshot } from "../db/read-snapshot.ts";

/** What the newest commits moved, newest first. Moves beyond `snapshot` may be among them: their keys tell. */
export async function recentMoves(ctx: Pick<Context, "pool" | "epoch" | "live">): Promise<Moves> {
  const { snapshot } = await readSnapshot(ctx, async () => undefined);
  const { items, perSecond } = ctx.live.recentMoves();
  return { items: [...items], perSecond, snapshot };
}
