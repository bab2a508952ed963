import type { Prisma } from "#prisma/client/client.ts";
import type { Actor } from "../access/can.ts";
import { dataScopeOf } from "../access/data-scope.ts";
import type { Context } from "../context.ts";
import type { CustomerContact, RevealBody, Revealed } from "../contracts/api/retention.ts";
import { barsOf } from "../contracts/contact-bars.ts";
import { REVEAL_ENTRY, REVEAL_REFUSED, REVEALED_MS, type RevealField } from "../contracts/reveal.ts";
import { recordActIn } from "../db/audit.ts";
import { commitAt } from "../db/commit-feed.ts";
import { AppError, NotFound, TooBusy } from "../lib/errors.ts";
import { contactOf } from "./case-summaries.ts";
import { lockCase } from "./lock-case.ts";
import { retentionCase } from "./retention-case.ts";

const HOUR_MS = 3_600_000;
const ACTION = "personal.reveal";

type Needs = Pick<Context, "db" | "pool" | "cipher" | "now" | "settings" | "publish" | "log">;

/** The customer is not to be called, or was often enough; who calls all the same says so. */
class NotToBeCalled extends AppError {
  constructor(bars: readonly string[]) {
    super(
      "contact_barred",
      409,
      "This customer is not to be called now. Say that you mean it all the same, and it is kept in the audit log.",
      { bars },
    );
  }
}

/**
 * Reveals one field of the customer of a case: the value leaves only together with its audit row and its line on the timeline.
 * @throws {NotFound} no such case, or the field is not known
 * @throws {NotToBeCalled} a telephone is asked for against what stands against calling
 * @throws {TooBusy} the person has revealed as much as an hour allows; administrators are told
 */
export async function reveal(ctx: Needs, actor: Actor, caseId: string, asked: RevealBody): Promise<Revealed> {
  const limit = (await ctx.settings.inForce()).REVEALS_PER_HOUR;
  // Read before the transaction: within it they would wait for a second connection while they hold the first.
  const { userId, contact } = await retentionCase(ctx, caseId, dataScopeOf(actor));
  const value = (await contactOf(ctx, userId))[COLUMNS[asked.field]];
  if (value === null || value === "") throw new NotFound(UNKNOWN[asked.field]);
  const overrides = requireMeant(contact, asked);
  const told = await ctx.db.$transaction(async (tx) => {
    const count = await revealsOfTheHour(tx, ctx, actor);
    if (count >= limit) return { refused: await toldNow(tx, ctx, actor, { caseId, limit }) };
    const { id } = await lockCase(tx, caseId, dataScopeOf(actor));
    const body = { field: asked.field, reason: asked.reason, ...(asked.note ? { text: asked.note } : {}) };
    await recordActIn(tx, {
      actor: actor.id,
      action: ACTION,
      subject: `case ${id}`,
      details: {
        customer: userId,
        field: asked.field,
        reason: asked.reason,
        ...(asked.note ? { note: asked.note } : {}),
        ...(overrides.length > 0 ? { overrides } : {}),
      },
    });
    const entry = { caseId: id, at: new Date(ctx.now()), actor: actor.id, kind: REVEAL_ENTRY, body };
    const committed = await commitAt(tx, async (position) => {
      await tx.caseEvent.create({ data: { ...entry, position } });
      return { caseIds: [id] };
    });
    return { count: count + 1, committed };
  });
  if ("refused" in told) throw refusal(ctx, actor, limit, told.refused);
  ctx.publish(told.committed);
  const until = new Date(ctx.now() + REVEALED_MS).toISOString();
  return { field: asked.field, value, until, count: told.count, limit };
}

const COLUMNS = { telephone: "customerTel", name: "customerName" } as const satisfies Record<
  RevealField,
  string
>;
const UNKNOWN: Readonly<Record<RevealField, string>> = {
  telephone: "No telephone of this customer is known.",
  name: "No name of this customer is known.",
};

/**
 * One reveal of a person at a time, so that two at once cannot both be the last one allowed; the second does not wait for the first,
 * for it would hold a connection meanwhile.
 * @throws {TooBusy}
 */
async function revealsOfTheHour(
  tx: Prisma.TransactionClient,
  { now }: Pick<Context, "now">,
  actor: Actor,
): Promise<number> {
  const [lock] = await tx.$queryRaw<{ taken: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${`reveal ${actor.id}`}, 0)) AS taken`;
  if (!lock?.taken) throw new TooBusy("Another look of yours is being taken; ask again once it is done.");
  const since = new Date(now() - HOUR_MS);
  return tx.caseEvent.count({ where: { actor: actor.id, kind: REVEAL_ENTRY, at: { gt: since } } });
}

/** A number is asked for to call it. @returns what was overridden */
function requireMeant(contact: CustomerContact, { field, overrides = [] }: RevealBody): readonly string[] {
  if (field !== "telephone") return [];
  const bars = barsOf(contact);
  if (bars.some((bar) => !overrides.includes(bar))) throw new NotToBeCalled(bars);
  return bars;
}

/**
 * Keeps in the audit log that the hour's are used up: once an hour, for whoever asks on and on would fill a log that is only added to. One look
 * of a person is taken at a time, so one of them tells it.
 * @returns whether it was told just now
 */
async function toldNow(
  tx: Prisma.TransactionClient,
  { now }: Pick<Context, "now">,
  actor: Actor,
  { caseId, limit }: { readonly caseId: string; readonly limit: number },
): Promise<boolean> {
  const told = { actor: actor.id, action: REVEAL_REFUSED, at: { gt: new Date(now() - HOUR_MS) } };
  if ((await tx.auditEntry.findFirst({ where: told, select: { id: true } })) !== null) return false;
  await recordActIn(tx, {
    at: new Date(now()),
    actor: actor.id,
    action: REVEAL_REFUSED,
    subject: `case ${caseId}`,
    details: { limit },
  });
  return true;
}

function refusal(ctx: Needs, actor: Actor, limit: number, isNews: boolean): TooBusy {
  if (isNews)
    ctx.log.warn({ person: actor.id, limit }, "a person has revealed as much of customers as an hour allows");
  return new TooBusy(
    `You have revealed ${limit} fields within an hour, which is all that is allowed. Go on later, or ask an administrator.`,
    HOUR_MS / 1000 / limit,
  );
}
