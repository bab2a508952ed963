import type { Prisma } from "#prisma/client/client.ts";
import type { Actor } from "../access/can.ts";
import type { Context } from "../context.ts";
import type { CaseDetail } from "../contracts/api/retention.ts";
import {
  CASE_VERB_NAMES,
  CASE_VERBS,
  type CaseVerbName,
  isDecision,
  type VerbBody,
  type VerbWithBody,
} from "../contracts/cases.ts";
import { nothingCommitted } from "../contracts/committed.ts";
import { nextCommitPosition } from "../db/position.ts";
import { Conflict, InvalidInput, NotFound } from "../lib/errors.ts";
import type { LockedCase } from "./case-mutation.ts";
import { VERB_RULES } from "./case-verbs.ts";
import { retentionCase } from "./retention-case.ts";

/** A person's work on one case. */
export interface Work {
  readonly ctx: Pick<Context, "db" | "pool" | "cipher" | "now" | "publish">;
  readonly actor: Actor;
  readonly caseId: string;
  /** The version that the person saw; a note needs none (rule W1). */
  readonly version: number;
}

/** Prisma's code for a second row where one is allowed. */
const NOT_UNIQUE = "P2002";

/**
 * Executes one verb on one case: locks it, checks that nobody was faster, writes it with its timeline and audit entry in
 * one transaction, and tells the screens.
 * @param body as the verb's schema has parsed it; none where the verb takes none
 * @throws {NotFound | Conflict | InvalidInput}
 */
export async function workOnCase<V extends CaseVerbName>(
  name: V,
  work: Work,
  ...[body]: V extends VerbWithBody ? [body: VerbBody<V>] : []
): Promise<CaseDetail> {
  const { ctx, caseId } = work;
  const committed = await ctx.db
    .$transaction((tx) => execute(tx, name, work, (body ?? {}) as VerbBody<V>))
    .catch((error: { code?: string }) => {
      if (error.code !== NOT_UNIQUE) throw error;
      throw new InvalidInput("This customer has another open case: work on that one."); // rule K8
    });
  if (committed === null) await tellWhoWasFaster(ctx, caseId);
  else ctx.publish(committed);
  return retentionCase(ctx, caseId);
}

/** @returns null: somebody was faster */
async function execute<V extends CaseVerbName>(
  tx: Prisma.TransactionClient,
  name: V,
  { ctx, actor, caseId, version }: Work,
  body: VerbBody<V>,
) {
  const now = ctx.now();
  const at = new Date(now);
  const current = await lockCase(tx, caseId);
  const decides = isDecision(name);
  if (decides && current.version !== version) return null;
  const mutation = VERB_RULES[name].decide(current, { actor: actor.id, now, body });
  const { entry: kind } = CASE_VERBS[name];
  await tx.retentionCase.update({
    where: { id: current.id },
    data: { ...mutation.columns, ...(decides ? { version: { increment: 1 } } : {}), updatedAt: at },
  });
  if (mutation.resetsAnchor) {
    await tx.keyUser.updateMany({ where: { userId: current.user_id }, data: { anchor: null } });
  }
  await tx.caseEvent.create({
    data: { caseId: current.id, at, actor: actor.id, kind, body: mutation.body ?? {} },
  });
  await tx.auditEntry.create({
    data: {
      actor: actor.id,
      action: `retention.${kind}`,
      subject: `case ${caseId}`,
      details: { version: current.version },
    },
  });
  // The key-user list shows who has an open case.
  const keyUserIds = mutation.columns.openUserId === undefined ? [] : [String(current.user_id)];
  return { ...nothingCommitted(await nextCommitPosition(tx)), caseIds: [current.id], keyUserIds };
}

/** Locks the customer's row first, as the stream does. */
async function lockCase(tx: Prisma.TransactionClient, caseId: string): Promise<LockedCase> {
  if (!/^\d{1,18}$/.test(caseId)) throw new NotFound("There is no such case.");
  await tx.$queryRaw`SELECT 1 FROM key_user WHERE user_id = (
    SELECT user_id FROM retention_case WHERE id = ${BigInt(caseId)}) FOR UPDATE`;
  const rows = await tx.$queryRaw<LockedCase[]>`
    SELECT c.id, c.user_id, c.triage, c.mark, c.assignee, u.name AS assignee_name, c.version, greatest(c.anchor, c.baseline_before)::text AS anchor,
      coalesce(k.raw_premium, c.amount_now)::text AS newest_amount
    FROM retention_case c LEFT JOIN key_user k USING (user_id) LEFT JOIN "user" u ON u.id = c.assignee WHERE c.id = ${BigInt(caseId)} FOR UPDATE OF c`;
  if (!rows[0]) throw new NotFound("There is no such case.");
  return rows[0];
}

/** What people decide (rule W1). */
const DECISIONS: ReadonlySet<string> = new Set(
  CASE_VERB_NAMES.filter(isDecision).map((name) => CASE_VERBS[name].entry),
);
/** What raises a case's version without a person (rule W1). */
const RAISES_VERSION: ReadonlySet<string> = new Set(["regressed", "woken"]);

async function tellWhoWasFaster(ctx: Work["ctx"], caseId: string): Promise<never> {
  const current = await retentionCase(ctx, caseId);
  const newest = current.timeline.find(({ actor, kind }) =>
    actor === null ? RAISES_VERSION.has(kind) : DECISIONS.has(kind),
  );
  const who = newest?.actor?.name ?? "The stream";
  throw new Conflict(`${who} was faster: the case is ${current.state} now.`, current);
}
