import type { z } from "zod";
import type { KeyUser, revertBody } from "../contracts/api/key-users.ts";
import { InvalidInput, NotFound } from "../lib/errors.ts";
import { openContact } from "../lib/sealed-contact.ts";
import { type Asked, asksNothing, different, placed, requireListed, unmoved } from "./edit-key-user.ts";
import { type KeyUserWrite, onKeyUser } from "./key-user-write.ts";

interface Change {
  readonly premium_before: string | null;
  readonly premium_after: string | null;
  readonly info_before: string | null;
  readonly info_after: string | null;
  readonly segment_before: string | null;
  readonly segment_after: string | null;
  readonly name_before: Buffer | null;
  readonly is_name_moved: boolean;
  readonly tel_before: Buffer | null;
  readonly is_tel_moved: boolean;
}

/**
 * Reverts one change of a row's history: what it moved goes back to what stood before it, as a new version. It is an edit like any
 * other: a baseline takes its place now (rule K3), and what moved since `seen` is a conflict for its field (rule W5).
 * @throws {NotFound | InvalidInput | Conflict}
 */
export async function revertChange(
  write: KeyUserWrite,
  seen: number,
  { changeId, reason }: z.infer<typeof revertBody>,
): Promise<KeyUser> {
  const given = beforeOf(write, await readChange(write, changeId));
  const now = write.ctx.now();
  return onKeyUser(write, seen, (current, since) => {
    requireListed(current, since);
    const asked = different(unmoved(given, current, since), current);
    if (asksNothing(asked)) return null;
    return { source: "revert", reason: reason || undefined, ...placed(asked, current, now) };
  });
}

async function readChange({ ctx, userId }: KeyUserWrite, changeId: string): Promise<Change> {
  const { rows } = await ctx.pool.query<Change>(
    `SELECT premium_before, premium_after, info_before, info_after, segment_before, segment_after,
       customer_name_before AS name_before, customer_name_before IS DISTINCT FROM customer_name_after AS is_name_moved,
       customer_tel_before AS tel_before, customer_tel_before IS DISTINCT FROM customer_tel_after AS is_tel_moved
     FROM baseline_change
     WHERE id = $1 AND user_id::text = $2`,
    [changeId, userId],
  );
  if (!rows[0]) throw new NotFound("This customer's history holds no such change.");
  return rows[0];
}

/** What a change moved, as it was before. */
function beforeOf({ ctx, userId }: KeyUserWrite, change: Change): Asked {
  const { premium_before, premium_after, info_before, info_after, segment_before, segment_after } = change;
  if (premium_before === null || premium_after === null) {
    throw new InvalidInput(
      "This change put the customer on the list, or took them off it. Take them off, or restore them, instead.",
      { field: "changeId" },
    );
  }
  const sealed = { customer_name: change.name_before, customer_tel: change.tel_before };
  const { customerName, customerTel } = openContact(ctx.cipher, userId, sealed);
  return {
    rawPremium: premium_before === premium_after ? undefined : premium_before,
    rawInfo: info_before === info_after ? undefined : info_before,
    segment: segment_before === segment_after ? undefined : segment_before,
    customerName: change.is_name_moved ? customerName : undefined,
    customerTel: change.is_tel_moved ? customerTel : undefined,
  };
}
