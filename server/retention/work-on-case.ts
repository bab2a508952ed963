import type { Prisma } from "#prisma/client/client.ts";
import type { Actor } from "../access/can.ts";
import { dataScopeOf } from "../access/data-scope.ts";
import type { Context } from "../context.ts";
import type { CaseDetail } from "../contracts/api/retention.ts";
import {
  CASE_VERBS,
  type CaseVerbName,
  DECISION_ENTRIES,
  isDecision,
  type VerbBody,
  type VerbWithBody,
} from "../contracts/cases.ts";
import { recordActIn } from "../db/audit.ts";
import { commitAt } from "../db/commit-feed.ts";
import { NOT_UNIQUE } from "../db/not-unique.ts";
import { Conflict, InvalidInput } from "../lib/errors.ts";
import { VERB_RULES } from "./case-verbs.ts";
import { type LockedCase, lockCase } from "./lock-case.ts";
import { retentionCase } from "./retention-case.ts";
import { triageOf } from "./undo.ts";

/** A person's work on one case. */
export interface Work {
  readonly ctx: Pick<Context, "db" | "pool" | "cipher" | "now" | "publish" | "settings">;
  readonly actor: Actor;
  readonly caseId: string;
  /** The version that the person saw; a note needs none (rule W1). */
  readonly version: number;
}

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
  const { ctx, actor, caseId } = work;
  const committed = await ctx.db
    .$transaction((tx) => execute(tx, name, work, (body ?? {}) as VerbBody<V>))
    .catch((error: { code?: string }) => {
      if (error.code !== NOT_UNIQUE) throw error;
      throw new InvalidInput("This customer has another open case: work on that one."); // rule K8
    });
  if (committed === null) await tellWhoWasFaster(work);
  else ctx.publish(committed);
  return retentionCase(ctx, caseId, dataScopeOf(actor));
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
  const current = await lockCase(tx, caseId, dataScopeOf(actor));
  const decides = isDecision(name);
  if (decides && current.version !== version) return null;
  const mutation = VERB_RULES[name].decide(current, { actor: actor.id, now, body });
  const { entry: kind } = CASE_VERBS[name];
  await tx.retentionCase.update({
    where: { id: current.id },
    data: {
      ...mutation.columns,
      ...(decides || mutation.decides ? { version: { increment: 1 } } : {}),
      updatedAt: at,
    },
  });
  if (mutation.resetsAnchor) {
    await tx.keyUser.updateMany({ where: { userId: current.user_id }, data: { anchor: null } });
  }
  await recordActIn(tx, {
    actor: actor.id,
    action: `retention.${kind}`,
    subject: `case ${caseId}`,
    details: { version: current.version, ...ownerBefore(current, actor), ...outcomeOf(mutation.body) },
  });
  // The key-user list shows who has an open case.
  const keyUserIds = mutation.columns.openUserId === undefined ? [] : [String(current.user_id)];
  return commitAt(tx, async (position) => {
    await tx.caseEvent.create({
      data: {
        caseId: current.id,
        at,
        actor: actor.id,
        kind,
        body: mutation.body ?? {},
        ...(decides ? { before: triageOf(current) } : {}),
        position,
      },
    });
    return { caseIds: [current.id], keyUserIds };
  });
}

/** Whose case it was, if it was somebody else's: they may be told. */
const ownerBefore = ({ assignee }: LockedCase, { id }: Actor): { owner?: string } =>
  assignee === null || assignee === id ? {} : { owner: assignee };

/** How a call went, or how a case ended: no text that somebody wrote. */
function outcomeOf(body: unknown): { readonly outcome?: string } {
  const { outcome } = (body ?? {}) as { readonly outcome?: unknown };
  return typeof outcome === "string" ? { outcome } : {};
}

/** What raises a case's version without a person (rule W1). */
const RAISES_VERSION: ReadonlySet<string> = new Set(["regressed", "woken"]);

async function tellWhoWasFaster({ ctx, actor, caseId }: Work): Promise<never> {
  const current = await retentionCase(ctx, caseId, dataScopeOf(actor));
  const newest = current.timeline.find(({ actor, kind }) =>
    actor === null ? RAISES_VERSION.has(kind) : DECISION_ENTRIES.includes(kind),
  );
  const who = newest?.actor?.name ?? "The stream";
  throw new Conflict(`${who} was faster: the case is ${current.state} now.`, current);
}
