import type { Moves } from "../contracts/api/orders.ts";
import type { Runtime } from "../context.ts";
import { readAtPlace } from "../db/place.ts";

/** What the newest commits moved, newest first. Moves beyond `place` may be among them: their keys tell. */
export async function recentMoves(rt: Pick<Runtime, "pool" | "epoch" | "live">): Promise<Moves> {
  const { place } = await readAtPlace(rt, async () => undefined);
  const { items, perSecond } = rt.live.recentMoves();
  return { items: [...items], perSecond, place };
}
