import type { Prisma } from "#prisma/client/client.ts";
import type { Actor } from "../access/can.ts";
import type { Context } from "../context.ts";
import type { CaseDetail, TimelineEntry } from "../contracts/api/retention.ts";
import { nothingCommitted } from "../contracts/committed.ts";
import { takePosition } from "../db/take-position.ts";
import { Conflict, InvalidInput, NotFound } from "../lib/errors.ts";
import { retentionCase } from "./retention-case.ts";

/** A case as a verb sees it, locked. */
export interface LockedCase {
  readonly id: bigint;
  readonly user_id: bigint;
  readonly triage: string;
  readonly mark: string | null;
  readonly assignee: string | null;
  readonly version: number;
  /** What premium at risk is measured from, decimal. */
  readonly anchor: string;
  /** The customer's insured amount as the key-user list has it, decimal; a closed case does not follow it. */
  readonly newest_amount: string;
}

/** What a verb does: new columns, and a line of the timeline. */
export interface CaseDeed {
  readonly columns: Prisma.RetentionCaseUpdateInput;
  readonly kind: TimelineEntry["kind"];
  readonly body?: Record<string, string>;
  /** The customer's anchor starts anew from the baseline that stands (rule K5). */
  readonly resetsAnchor?: true;
}

export interface CaseVerb {
  readonly ctx: Pick<Context, "db" | "pool" | "vault" | "now" | "publish">;
  readonly actor: Actor;
  readonly caseId: string;
  /** The version that the person saw. */
  readonly version: number;
}

/**
 * Carries out one verb on one case: locks it, checks that nobody was faster, writes it with its timeline and audit
 * entry in one transaction, and tells the screens.
 * @param decide pure: what the verb does to this case
 * @throws {NotFound | Conflict | InvalidInput}
 */
export async function onCase(
  { ctx, actor, caseId, version }: CaseVerb,
  decide: (standing: LockedCase) => CaseDeed,
): Promise<CaseDetail> {
  const at = new Date(ctx.now());
  const committed = await ctx.db.$transaction(async (tx) => {
    const standing = await lockCase(tx, caseId);
    if (standing.version !== version) return null;
    const deed = decide(standing);
    await tx.retentionCase.update({
      where: { id: standing.id },
      data: { ...deed.columns, version: { increment: 1 }, updatedAt: at },
    });
    if (deed.resetsAnchor) {
      await tx.keyUser.updateMany({ where: { userId: standing.user_id }, data: { anchor: null } });
    }
    await tx.caseEvent.create({
      data: { caseId: standing.id, at, actor: actor.id, kind: deed.kind, body: deed.body ?? {} },
    });
    await tx.auditEntry.create({
      data: {
        actor: actor.id,
        action: `retention.${deed.kind}`,
        subject: `case ${caseId}`,
        details: { version },
      },
    });
    // The key-user list shows who has an open case.
    const keyUserIds = deed.columns.openUserId === undefined ? [] : [String(standing.user_id)];
    return { ...nothingCommitted(await takePosition(tx)), caseIds: [standing.id], keyUserIds };
  });
  if (committed === null) await tellWhoWasFaster(ctx, caseId);
  else ctx.publish(committed);
  return retentionCase(ctx, caseId);
}

/** Locks the customer's row first, as the stream does. */
async function lockCase(tx: Prisma.TransactionClient, caseId: string): Promise<LockedCase> {
  if (!/^\d{1,18}$/.test(caseId)) throw new NotFound("There is no such case.");
  await tx.$queryRaw`SELECT 1 FROM key_user WHERE user_id = (
    SELECT user_id FROM retention_case WHERE id = ${BigInt(caseId)}) FOR UPDATE`;
  const rows = await tx.$queryRaw<LockedCase[]>`
    SELECT c.id, c.user_id, c.triage, c.mark, c.assignee, c.version, greatest(c.anchor, c.baseline_before)::text AS anchor,
      coalesce(k.raw_premium, c.amount_now)::text AS newest_amount
    FROM retention_case c LEFT JOIN key_user k USING (user_id) WHERE c.id = ${BigInt(caseId)} FOR UPDATE OF c`;
  if (!rows[0]) throw new NotFound("There is no such case.");
  return rows[0];
}

/** What raises a case's version without a person. */
const RAISES_VERSION: ReadonlySet<string> = new Set(["regressed", "woken"]);

async function tellWhoWasFaster(ctx: CaseVerb["ctx"], caseId: string): Promise<never> {
  const current = await retentionCase(ctx, caseId);
  const newest = current.timeline.find((entry) => entry.actor !== null || RAISES_VERSION.has(entry.kind));
  const who = newest?.actor?.name ?? "The stream";
  throw new Conflict(`${who} was faster: the case is ${current.state} now.`, current);
}

/** A verb that only makes sense on an open case. @throws {InvalidInput} */
export function requireOpen(standing: LockedCase): void {
  if (standing.triage === "closed") throw new InvalidInput("The case is closed. Reopen it first.");
}

/** A person's triage state: it shows from now on, so the stream's mark and a snooze go. */
export const triaged = (triage: string): Prisma.RetentionCaseUpdateInput => ({
  triage,
  state: triage,
  mark: null,
  snoozedUntil: null,
});
