import type { Actor } from "../access/can.ts";
import type { Context } from "../context.ts";
import type { Delivery } from "../contracts/api/deliveries.ts";
import { recordActIn } from "../db/audit.ts";
import { Conflict, NotFound } from "../lib/errors.ts";
import { delivery } from "./deliveries.ts";

/**
 * Gives a dead delivery all its attempts anew, under the same key.
 * @throws {NotFound | Conflict} when there is none, or it is not dead
 */
export async function sendAgain(
  ctx: Pick<Context, "db" | "pool" | "now">,
  actor: Actor,
  id: string,
): Promise<Delivery> {
  if (!/^\d{1,18}$/.test(id)) throw new NotFound("There is no such delivery.");
  const isRevived = await ctx.db.$transaction(async (tx) => {
    const { count } = await tx.delivery.updateMany({
      where: { id: BigInt(id), state: "dead" },
      data: { state: "pending", attempts: 0, nextAttemptAt: new Date(ctx.now()) },
    });
    if (count === 0) return false;
    await recordActIn(tx, {
      actor: actor.id,
      action: "deliveries.send-again",
      subject: `delivery ${id}`,
    });
    return true;
  });
  const current = await delivery(ctx, actor, id);
  if (!isRevived) throw new Conflict("Only a dead delivery can be sent again.", current);
  return current;
}
