import type { Prisma } from "#prisma/client/client.ts";
import type { Actor } from "../access/can.ts";
import type { Context } from "../context.ts";
import { id } from "../contracts/api/common.ts";
import type { FieldMove, KeyUser, KeyUserChange } from "../contracts/api/key-users.ts";
import { formatFen, isBelowZero, MAX_FEN, parseFen } from "../contracts/money.ts";
import { recordActIn } from "../db/audit.ts";
import { commitAt } from "../db/commit-feed.ts";
import { Conflict, InvalidInput, NotFound } from "../lib/errors.ts";
import type { FieldCipher } from "../lib/field-cipher.ts";
import {
  type Contact,
  openContact,
  type SealedContact,
  sealName,
  sealTelephone,
} from "../lib/sealed-contact.ts";
import { isBlank } from "../reader/fields.ts";
import { keyUser } from "./list-key-users.ts";
import { movesSince, RowMoved } from "./moves-since.ts";

export interface KeyUserWrite {
  readonly ctx: Pick<Context, "db" | "pool" | "cipher" | "now" | "publish">;
  readonly actor: Actor;
  readonly userId: string;
}

/** A row of the list, locked. */
export interface LockedKeyUser extends Contact {
  readonly user_id: bigint;
  /** Decimal text. */
  readonly raw_premium: string;
  readonly raw_info: string | null;
  readonly segment: string | null;
  /** Decimal text (rule K5). */
  readonly anchor: string;
  readonly version: number;
  readonly removed_at: Date | null;
  readonly updated_by: string;
  readonly updated_at: Date;
}

/** What a write does to one row. */
export interface KeyUserMutation {
  readonly source: Extract<KeyUserChange["source"], "edit" | "remove" | "restore" | "revert">;
  readonly columns: Prisma.KeyUserUncheckedUpdateInput;
  readonly reason?: string | undefined;
  readonly premiumAfter: string | null;
  readonly infoAfter: string | null;
  /** undefined: it stays. */
  readonly segmentAfter?: string | null | undefined;
  /** In clear; what is undefined stays. */
  readonly contactAfter?: Partial<Contact>;
  /** ms; when the baseline holds from, if the mutation moves it. */
  readonly effectiveAt: number | null;
}

/** A baseline as people write it. @throws {InvalidInput} */
export function baselineText(value: string | number): string {
  const fen = parseFen(String(value));
  const isAmount = fen !== null && fen <= MAX_FEN && !isBelowZero(String(value));
  if (isAmount) return formatFen(fen);
  throw new InvalidInput("The baseline must be a decimal number, not below zero.", { field: "rawPremium" });
}

/** What a customer's cover is called; a blank text is none (rule C13). */
export const infoText = (text: string | null): string | null =>
  text === null || isBlank(text) ? null : text;

/** What a write finds beside its row. */
export interface Since {
  /** Whether the version that the writer saw is another than the one that stands. */
  readonly isStale: boolean;
  /** What moved in between. */
  readonly moves: readonly FieldMove[];
}

/**
 * Changes one row: locks it (rule K6), lets `decide` say what is done, writes row, history and audit entry in one transaction.
 * @param seen the version that the writer saw
 * @param decide null: nothing is to be done; throws `RowMoved` where something moved that the write contradicts (rule W5)
 * @throws {NotFound | Conflict | InvalidInput}
 */
export async function onKeyUser(
  write: KeyUserWrite,
  seen: number,
  decide: (before: LockedKeyUser, since: Since) => KeyUserMutation | null,
): Promise<KeyUser> {
  const { ctx, actor, userId } = write;
  const at = new Date(ctx.now());
  const committing = ctx.db.$transaction(async (tx) => {
    const before = await lockRow(tx, userId, ctx.cipher);
    const isStale = before.version !== seen;
    const moves = isStale ? await movesSince(tx, before, seen) : [];
    const mutation = decide(before, { isStale, moves });
    if (mutation === null) return null;
    const contact = contactMove(before, mutation, ctx.cipher);
    await tx.keyUser.update({
      where: { userId: before.user_id },
      data: {
        ...mutation.columns,
        ...contact.columns,
        version: { increment: 1 },
        updatedAt: at,
        updatedBy: actor.id,
      },
    });
    const change = { ...changeOf(before, mutation, actor, at), ...contact.history };
    await auditKeyUser(tx, actor, mutation.source, userId, mutation.reason);
    const caseIds = contact.isMoved ? await casesOf(tx, before.user_id) : [];
    const movesScopes = "segmentBefore" in segmentMove(before, mutation);
    return commitAt(tx, async (position) => {
      await tx.baselineChange.create({ data: { ...change, position } });
      return { keyUserIds: [userId], movesScopes, caseIds };
    });
  });
  const committed = await committing.catch((error: unknown) => tellConflict(ctx, userId, error));
  if (committed !== null) ctx.publish(committed);
  return keyUser(ctx, userId);
}

/** A write that contradicts whatever moved, as one does that concerns the row as a whole. @throws {RowMoved} */
export function requireFresh({ isStale, moves }: Since): void {
  if (isStale) throw new RowMoved(moves);
}

async function lockRow(
  tx: Prisma.TransactionClient,
  userId: string,
  cipher: FieldCipher,
): Promise<LockedKeyUser> {
  if (!id.safeParse(userId).success) throw new NotFound("A user id is a 64-bit integer.");
  const rows = await tx.$queryRaw<(Omit<LockedKeyUser, keyof Contact> & SealedContact)[]>`
    SELECT user_id, raw_premium::text, raw_info, segment, customer_name, customer_tel, greatest(anchor, raw_premium)::text AS anchor, version, removed_at, updated_by, updated_at
    FROM key_user
    WHERE user_id = ${BigInt(userId)} FOR UPDATE`;
  const [row] = rows;
  if (!row) throw new NotFound("This user has never been on the key-user list.");
  return { ...row, ...openContact(cipher, String(row.user_id), row) };
}

/** Cases that show a customer's name and telephone. */
async function casesOf(tx: Prisma.TransactionClient, userId: bigint): Promise<bigint[]> {
  const cases = await tx.retentionCase.findMany({ where: { userId }, select: { id: true } });
  return cases.map((each) => each.id);
}

function changeOf(before: LockedKeyUser, mutation: KeyUserMutation, actor: Actor, at: Date) {
  return {
    userId: before.user_id,
    source: mutation.source,
    actor: actor.id,
    reason: mutation.reason ?? null,
    effectiveAt: mutation.effectiveAt === null ? null : BigInt(mutation.effectiveAt),
    changedAt: at,
    premiumBefore: before.removed_at === null ? before.raw_premium : null,
    premiumAfter: mutation.premiumAfter,
    infoBefore: before.removed_at === null ? before.raw_info : null,
    infoAfter: mutation.infoAfter,
    ...segmentMove(before, mutation),
  };
}

/** Both stay empty where it does not move. */
function segmentMove({ segment }: LockedKeyUser, { segmentAfter }: KeyUserMutation) {
  if (segmentAfter === undefined || segmentAfter === segment) return {};
  return { segmentBefore: segment, segmentAfter };
}

/** Columns of a sealed value; null: the list has none. */
export function sealedName(
  cipher: FieldCipher,
  userId: string,
  name: string | null,
): Uint8Array<ArrayBuffer> | null {
  return name === null ? null : Uint8Array.from(sealName(cipher, userId, name));
}

export function sealedTelephone(
  cipher: FieldCipher,
  userId: string,
  telephone: string | null,
): Uint8Array<ArrayBuffer> | null {
  return telephone === null ? null : Uint8Array.from(sealTelephone(cipher, userId, telephone));
}

/** What of name and telephone moves, sealed: what does not stays empty in the history. */
function contactMove(before: LockedKeyUser, { contactAfter = {} }: KeyUserMutation, cipher: FieldCipher) {
  const userId = String(before.user_id);
  const { customerName, customerTel } = contactAfter;
  const columns: Prisma.KeyUserUncheckedUpdateInput = {};
  const history: Partial<Prisma.BaselineChangeUncheckedCreateInput> = {};
  if (customerName !== undefined && customerName !== before.customerName) {
    columns.customerName = sealedName(cipher, userId, customerName);
    history.customerNameBefore = sealedName(cipher, userId, before.customerName);
    history.customerNameAfter = columns.customerName;
  }
  if (customerTel !== undefined && customerTel !== before.customerTel) {
    columns.customerTel = sealedTelephone(cipher, userId, customerTel);
    history.customerTelBefore = sealedTelephone(cipher, userId, before.customerTel);
    history.customerTelAfter = columns.customerTel;
  }
  return { columns, history, isMoved: Object.keys(columns).length > 0 };
}

export async function auditKeyUser(
  tx: Prisma.TransactionClient,
  actor: Actor,
  verb: "add" | "edit" | "remove" | "restore" | "revert",
  userId: string,
  reason?: string | null,
): Promise<void> {
  const details = reason ? { reason } : {};
  await recordActIn(tx, {
    actor: actor.id,
    action: `key-users.${verb}`,
    subject: `key user ${userId}`,
    details,
  });
}

/** Tells a conflict with the row as it stands; anything else is thrown on. */
async function tellConflict(ctx: KeyUserWrite["ctx"], userId: string, error: unknown): Promise<never> {
  if (!(error instanceof RowMoved)) throw error;
  const { moves } = error;
  const current = await keyUser(ctx, userId);
  const by = moves.at(-1)?.by ?? current.updatedBy;
  const who = by === "stream" ? "The stream" : by;
  throw new Conflict(`${who} changed this row after you saw it.`, current, { moves });
}
