import type { z } from "zod";
import { id } from "../contracts/api/common.ts";
import type { FieldMove, KeyUser, keyUserPatch } from "../contracts/api/key-users.ts";
import { InvalidInput } from "../lib/errors.ts";
import { countGuess, guesserOf } from "./guess-limit.ts";
import {
  baselineText,
  infoText,
  type KeyUserMutation,
  type KeyUserWrite,
  type LockedKeyUser,
  onKeyUser,
  type Since,
} from "./key-user-write.ts";
import { RowMoved } from "./moves-since.ts";

/** Fields of a row that people write. */
const FIELDS = ["rawPremium", "rawInfo", "segment", "customerName", "customerTel"] as const;
type Field = (typeof FIELDS)[number];

/** What an edit asks for; undefined: nothing. Name and telephone in clear. */
export type Asked = {
  readonly [F in Field]?: (F extends "rawPremium" ? string : string | null) | undefined;
};

/** Whether an edit asks for nothing. */
export const asksNothing = (asked: Asked): boolean => FIELDS.every((field) => asked[field] === undefined);

/** What of an edit passes. */
const only = (asked: Asked, passes: (field: Field) => boolean): Asked =>
  Object.fromEntries(
    FIELDS.filter((field) => asked[field] !== undefined && passes(field)).map((field) => [
      field,
      asked[field],
    ]),
  );

/** What stands in a row, by field. */
const valuesOf = (row: LockedKeyUser): Readonly<Record<Field, string | null>> => ({
  rawPremium: row.raw_premium,
  rawInfo: row.raw_info,
  segment: row.segment,
  customerName: row.customerName,
  customerTel: row.customerTel,
});

/** What of an edit does not stand already. */
export function different(asked: Asked, row: LockedKeyUser): Asked {
  const stands = valuesOf(row);
  return only(asked, (field) => asked[field] !== stands[field]);
}

/**
 * Edits a row. A new baseline takes its place at the time of the edit (rule K3): events from before it are superseded.
 * A new text alone leaves the baseline and its place as they are. What moved since `seen` is refused field by field (rule W5):
 * all of the edit or nothing is written.
 * @throws {TooBusy} the hour's edits with a name or a telephone are used up; and as onKeyUser
 */
export async function editKeyUser(
  write: KeyUserWrite,
  seen: number,
  patch: z.infer<typeof keyUserPatch>,
): Promise<KeyUser> {
  const now = write.ctx.now();
  const given: Asked = {
    rawPremium: patch.rawPremium === undefined ? undefined : baselineText(patch.rawPremium),
    rawInfo: patch.rawInfo === undefined ? undefined : infoText(patch.rawInfo),
    segment: patch.segment,
    customerName: patch.customerName,
    customerTel: patch.customerTel,
  };
  await countContact(write, given);
  return onKeyUser(write, seen, (before, since) => {
    requireListed(before, since);
    const asked = unmoved(given, before, since);
    if (since.isStale && asksNothing(asked)) return null;
    return { source: "edit", reason: patch.reason, ...placed(asked, before, now) };
  });
}

/** A row that need not be written, a conflict and the history tell whether a value stood there already: each is a guess. */
async function countContact({ ctx, actor, userId }: KeyUserWrite, { customerName, customerTel }: Asked) {
  if (customerName == null && customerTel == null) return; // that there is none, a mask says as well
  if (!id.safeParse(userId).success) return; // there is no such row
  await countGuess(ctx, guesserOf(actor), { kind: "edit", subject: `key user ${userId}` });
}

/** @throws {RowMoved | InvalidInput} somebody took the customer off the list, since or before the writer saw the row */
export function requireListed({ removed_at }: LockedKeyUser, { isStale, moves }: Since): void {
  if (removed_at === null) return;
  if (isStale) throw new RowMoved(moves.filter(({ field }) => field === "removedAt"));
  throw new InvalidInput("This user is off the list: restore them first.");
}

/** What is left to do beside what moved: that which stands already is done. @throws {RowMoved} where it is something else */
export function unmoved(asked: Asked, before: LockedKeyUser, { moves }: Since): Asked {
  const stands = valuesOf(before);
  const isMoved = (field: FieldMove["field"]) => moves.some((move) => move.field === field);
  const left = only(asked, (field) => !(isMoved(field) && asked[field] === stands[field]));
  const against = moves.filter(({ field }) => field !== "removedAt" && left[field] !== undefined);
  if (against.length > 0) throw new RowMoved(against);
  return left;
}

/** @param now ms; when a new baseline holds from */
export function placed(
  { rawPremium, rawInfo, segment, customerName, customerTel }: Asked,
  before: LockedKeyUser,
  now: number,
): Omit<KeyUserMutation, "source" | "reason"> {
  const infoAfter = rawInfo === undefined ? before.raw_info : rawInfo;
  const group = segment === undefined ? {} : { segment };
  const contactAfter = {
    ...(customerName === undefined ? {} : { customerName }),
    ...(customerTel === undefined ? {} : { customerTel }),
  };
  const texts = { infoAfter, segmentAfter: segment, contactAfter };
  const columns = { rawInfo: infoAfter, ...group };
  if (rawPremium === undefined) {
    return { ...texts, columns, premiumAfter: before.raw_premium, effectiveAt: null };
  }
  // Rule K5: the anchor is the highest baseline since listing, so the one that goes may remain it.
  const place = { rawPremium, baselineAsOf: BigInt(now), asOfEvent: false, anchor: before.anchor };
  return { ...texts, columns: { ...place, ...columns }, premiumAfter: rawPremium, effectiveAt: now };
}
