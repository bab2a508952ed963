import type { z } from "zod";
import type { Context } from "../context.ts";
import type { KeyUser, newKeyUser } from "../contracts/api/key-users.ts";
import { commitAt } from "../db/commit-feed.ts";
import { Conflict, InvalidInput } from "../lib/errors.ts";
import { isWithin } from "../reader/fields.ts";
import {
  auditKeyUser,
  baselineText,
  infoText,
  type KeyUserWrite,
  sealedName,
  sealedTelephone,
} from "./key-user-write.ts";
import { keyUser } from "./list-key-users.ts";

export interface AddKeyUser extends Omit<KeyUserWrite, "userId"> {
  readonly ctx: KeyUserWrite["ctx"] & { readonly config: Pick<Context["config"], "MAX_FUTURE_SKEW_MS"> };
}

/**
 * Lists a user. The baseline holds from `baselineAsOf`, or from the beginning of time (rule K3).
 * @throws {Conflict} when the user is on the list, or was and is to be restored instead
 */
export async function addKeyUser(
  { ctx, actor }: AddKeyUser,
  input: z.infer<typeof newKeyUser>,
): Promise<KeyUser> {
  if (typeof input.userId === "number" && !Number.isSafeInteger(input.userId)) {
    throw new InvalidInput("Send a user id beyond 2^53-1 as a string.", { field: "userId" });
  }
  const userId = BigInt(input.userId);
  const rawPremium = baselineText(input.rawPremium);
  const asOf = placeOf(input.baselineAsOf, ctx);
  const at = new Date(ctx.now());
  const rawInfo = infoText(input.rawInfo);
  const { segment } = input;
  const customerName = sealedName(ctx.cipher, String(userId), input.customerName);
  const customerTel = sealedTelephone(ctx.cipher, String(userId), input.customerTel);
  const texts = { rawInfo, segment, customerName, customerTel };
  const row = { userId, rawPremium, ...texts, baselineAsOf: asOf, updatedBy: actor.id };
  const committed = await ctx.db.$transaction(async (tx) => {
    const { count } = await tx.keyUser.createMany({
      data: [{ ...row, createdAt: at, updatedAt: at }],
      skipDuplicates: true,
    });
    if (count === 0) return null;
    await auditKeyUser(tx, actor, "add", String(userId));
    return commitAt(tx, async (position) => {
      await tx.baselineChange.create({
        data: {
          userId,
          source: "add",
          actor: actor.id,
          effectiveAt: asOf,
          changedAt: at,
          premiumAfter: rawPremium,
          infoAfter: rawInfo,
          segmentAfter: segment,
          customerNameAfter: customerName,
          customerTelAfter: customerTel,
          position,
        },
      });
      return { keyUserIds: [String(userId)] };
    });
  });
  if (committed === null) return tellKnown(ctx, String(userId));
  ctx.publish(committed);
  return keyUser(ctx, String(userId));
}

/** Rule C8, as for the time of an event. @throws {InvalidInput} */
function placeOf(baselineAsOf: string | null, ctx: AddKeyUser["ctx"]): bigint | null {
  if (baselineAsOf === null) return null;
  const time = Date.parse(baselineAsOf);
  const bounds = { latest: ctx.now() + ctx.config.MAX_FUTURE_SKEW_MS };
  if (isWithin(time, bounds)) return BigInt(time);
  throw new InvalidInput("The baseline cannot hold from before 2000-01-01, or from a time to come.", {
    field: "baselineAsOf",
  });
}

async function tellKnown(ctx: KeyUserWrite["ctx"], userId: string): Promise<never> {
  const current = await keyUser(ctx, userId);
  const isRemoved = current.removedAt !== null;
  throw new Conflict(
    isRemoved ? "This user was removed from the list: restore them." : "This user is on the list already.",
    current,
  );
}
