import { actorsOf } from "../access/actors-of.ts";
import type { Context } from "../context.ts";
import type { Proposed, ToldOfAct } from "../contracts/api/proposals.ts";
import { PROPOSAL_LIVES_DAYS, type ProposableAct } from "../contracts/four-eyes.ts";
import { recordActIn } from "../db/audit.ts";
import { AppError } from "../lib/errors.ts";
import { proposalOf, readProposal, sealedPayload } from "./kept-proposals.ts";

const DAY_MS = 86_400_000;

export type ProposeNeeds = Pick<Context, "db" | "pool" | "cipher" | "now" | "settings">;

/** An act as it is proposed. */
export interface ProposedAct {
  readonly act: ProposableAct;
  /** What it will be told when it is done; sealed. */
  readonly payload: object;
  /** What is shown of it. */
  readonly told: ToldOfAct;
  readonly reason: string | null;
}

/** Whether FOUR_EYES has somebody else confirm it. */
export async function isGuarded(
  { settings }: Pick<Context, "settings">,
  act: ProposableAct,
): Promise<boolean> {
  const { FOUR_EYES } = await settings.inForce();
  return act === "settings" ? FOUR_EYES.length > 0 : FOUR_EYES.includes(act);
}

/** The same has been proposed, and waits. */
class ProposedAlready extends AppError {
  constructor(id: bigint) {
    super("proposed_already", 409, `This waits already, as proposal ${id}.`);
  }
}

/** Each keeps what it would do: they are looked at, not collected. */
const MOST_OPEN = 20;

/** So many of one person wait. */
class ManyProposals extends AppError {
  constructor() {
    super(
      "many_proposals",
      409,
      `${MOST_OPEN} proposals of yours wait already: withdraw one, or have them decided on first.`,
    );
  }
}

/**
 * Keeps an act until a second administrator confirms it; nothing of it is done.
 * @param by as audit rows name actors
 * @throws {ProposedAlready | ManyProposals}
 */
export async function propose(ctx: ProposeNeeds, by: string, proposed: ProposedAct): Promise<Proposed> {
  const { act, payload, told, reason } = proposed;
  const proposedAt = new Date(ctx.now());
  const expiresAt = new Date(ctx.now() + PROPOSAL_LIVES_DAYS * DAY_MS);
  const id = await ctx.db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('tidewatch proposals'))`;
    const open = { act, state: "open", expiresAt: { gt: proposedAt }, told: { equals: told } };
    const same = await tx.proposal.findFirst({ where: open, select: { id: true } });
    if (same) throw new ProposedAlready(same.id);
    const own = {
      state: "open",
      expiresAt: { gt: proposedAt },
      proposedBy: { in: await actorsOf(ctx.pool, by) },
    };
    if ((await tx.proposal.count({ where: own })) >= MOST_OPEN) throw new ManyProposals();
    const made = await tx.proposal.create({
      data: {
        act,
        payload: sealedPayload(ctx.cipher, payload),
        told,
        reason,
        proposedAt,
        proposedBy: by,
        expiresAt,
      },
    });
    const subject = `proposal ${made.id}`;
    await recordActIn(tx, { actor: by, action: "proposal.make", subject, details: { act, ...told, reason } });
    return made.id;
  });
  return { proposal: proposalOf(await readProposal(ctx, String(id)), { now: ctx.now(), asker: by }) };
}
