import { type Action, type Actor, can, type Role } from "../access/can.ts";
import type { Context } from "../context.ts";
import type { Proposal } from "../contracts/api/proposals.ts";
import type { ProposalState } from "../contracts/four-eyes.ts";
import { recordActIn } from "../db/audit.ts";
import {
  isOwn,
  openedPayload,
  type ProposalRow,
  proposalOf,
  readProposal,
  stateOf,
} from "../four-eyes/kept-proposals.ts";
import { AppError, Conflict, Forbidden } from "../lib/errors.ts";
import { ACTS, type ActNeeds } from "./acts.ts";

/** Who decides, and why. */
export interface Decision {
  readonly actor: Pick<Actor, "id">;
  readonly reason: string | null;
}

export interface Confirming extends Decision {
  /** Of an import: `preview` of what it would do by now, which was looked at. */
  readonly seen?: string | undefined;
}

/** The same person would be both. */
class OwnProposal extends AppError {
  constructor() {
    super("own_proposal", 409, "You proposed this yourself: another administrator confirms it.");
  }
}

/** After so long whoever was confirming has died of it, ms: then anybody may once more. */
const CONFIRMING_MS = 60_000;

/**
 * Does what was proposed, in its proposer's name. Whoever confirms it takes it first, so that nobody refuses or confirms it meanwhile. A
 * process that dies between act and decision leaves it to be confirmed anew: each act refuses, or changes nothing, when it is done
 * again, and its own audit row says who confirmed it.
 * @throws {OwnProposal | Conflict | Forbidden} and as the act itself: then it waits on
 */
export async function confirm(
  ctx: ActNeeds,
  id: string,
  { actor, reason, seen }: Confirming,
): Promise<Proposal> {
  const row = await openProposal(ctx, id, actor);
  if (isOwn(row, actor.id)) throw new OwnProposal();
  const { right, payload, perform } = ACTS[row.act];
  await requireStanding(ctx, row.proposed_by, right);
  await take(ctx, row, actor);
  const stay = setInterval(() => void stillAtIt(ctx, row, actor), CONFIRMING_MS / 4);
  try {
    await perform({
      ctx,
      by: row.proposed_by,
      reason: row.reason,
      seen,
      payload: payload.parse(openedPayload(ctx.cipher, row.payload ?? Buffer.alloc(0))),
      confirmation: { proposal: row.id, confirmedBy: actor.id },
    });
  } catch (error) {
    const where = { id: BigInt(row.id), state: "confirming" };
    await ctx.db.proposal.updateMany({ where, data: { state: "open", decidedAt: null, decidedBy: null } });
    throw error;
  } finally {
    clearInterval(stay);
  }
  return decided(ctx, row, "confirmed", { actor, reason });
}

/** Nobody has decided, and nobody is at it, or whoever was has died of it. */
const isFree = ({ now }: Pick<Context, "now">) => ({
  OR: [{ state: "open" }, { state: "confirming", decidedAt: { lt: new Date(now() - CONFIRMING_MS) } }],
});

/** A large list takes minutes: whoever confirms it says now and then that they live. */
async function stillAtIt(
  { db, now, log }: ActNeeds,
  { id }: ProposalRow,
  actor: Pick<Actor, "id">,
): Promise<void> {
  const where = { id: BigInt(id), state: "confirming", decidedBy: actor.id };
  await db.proposal
    .updateMany({ where, data: { decidedAt: new Date(now()) } })
    .catch((error: unknown) =>
      log.warn({ err: error, proposal: id }, "a proposal under way could not be held"),
    );
}

/** @throws {Conflict} somebody else is at it, or was faster */
async function take(ctx: ActNeeds, row: ProposalRow, actor: Pick<Actor, "id">): Promise<void> {
  const { count } = await ctx.db.proposal.updateMany({
    where: { id: BigInt(row.id), ...isFree(ctx) },
    data: { state: "confirming", decidedAt: new Date(ctx.now()), decidedBy: actor.id },
  });
  if (count === 1) return;
  const found = await readProposal(ctx, row.id);
  throw closed(ctx, found, stateOf(found, ctx.now()), actor);
}

/** Ends it without doing it. @throws {Conflict} it is decided already */
export async function refuse(ctx: ActNeeds, id: string, { actor, reason }: Decision): Promise<Proposal> {
  const row = await openProposal(ctx, id, actor);
  const state = isOwn(row, actor.id) ? "withdrawn" : "refused";
  return decided(ctx, row, state, { actor, reason });
}

async function openProposal(ctx: ActNeeds, id: string, actor: Pick<Actor, "id">): Promise<ProposalRow> {
  const row = await readProposal(ctx, id);
  const state = stateOf(row, ctx.now());
  if (state !== "open") throw closed(ctx, row, state, actor);
  return row;
}

function closed(ctx: ActNeeds, row: ProposalRow, state: ProposalState, actor: Pick<Actor, "id">): Conflict {
  const current = proposalOf(row, { now: ctx.now(), asker: actor.id });
  if (state === "expired")
    return new Conflict("This proposal has waited too long: propose it anew.", current);
  const who = row.decider ?? row.decided_by ?? "Somebody";
  return new Conflict(`${who} has decided on this already.`, current);
}

/** A person who was disabled since, or may it no more, does nothing through somebody else. Keys and the command line may end meanwhile. */
async function requireStanding({ db }: Pick<Context, "db">, by: string, right: Action): Promise<void> {
  const person = await db.user.findUnique({
    where: { id: by },
    select: { id: true, name: true, role: true, disabledAt: true },
  });
  if (!person) return;
  const { id, name, role, disabledAt } = person;
  const asked: Actor = { kind: "person", id, name, role: role as Role, sessionId: "" };
  if (disabledAt === null && role !== null && can(asked, right)) return;
  throw new Forbidden(`${name} may not do this any more: refuse it.`);
}

async function decided(
  ctx: ActNeeds,
  row: ProposalRow,
  state: "confirmed" | "refused" | "withdrawn",
  { actor, reason }: Decision,
): Promise<Proposal> {
  const action = (
    { confirmed: "proposal.confirm", refused: "proposal.refuse", withdrawn: "proposal.withdraw" } as const
  )[state];
  const isOurs = await ctx.db.$transaction(async (tx) => {
    const { count } = await tx.proposal.updateMany({
      where: { id: BigInt(row.id), ...(state === "confirmed" ? { state: "confirming" } : isFree(ctx)) },
      // What it would have been told is of no more use.
      data: {
        state,
        decidedAt: new Date(ctx.now()),
        decidedBy: actor.id,
        decisionReason: reason,
        payload: null,
      },
    });
    if (count === 0) return false;
    const details = { act: row.act, proposedBy: row.proposed_by, ...(reason === null ? {} : { reason }) };
    await recordActIn(tx, { actor: actor.id, action, subject: `proposal ${row.id}`, details });
    return true;
  });
  const now = await readProposal(ctx, row.id);
  if (!isOurs) throw closed(ctx, now, stateOf(now, ctx.now()), actor);
  return proposalOf(now, { now: ctx.now(), asker: actor.id });
}
