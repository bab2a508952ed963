import type { Actor } from "../access/can.ts";
import type { Context } from "../context.ts";
import type { AlertRules } from "../contracts/api/alert-rules.ts";
import type { Proposed } from "../contracts/api/proposals.ts";
import { recordActIn } from "../db/audit.ts";
import { commitAt } from "../db/commit-feed.ts";
import { NOT_UNIQUE } from "../db/not-unique.ts";
import type { Confirmation } from "../four-eyes/confirmation.ts";
import { type ProposeNeeds, propose } from "../four-eyes/propose.ts";
import { planAlertRules, type RulesPatch, rulesInForce, rulesMoved } from "./plan-alert-rules.ts";

type Needs = Pick<Context, "db" | "pool" | "now" | "publish">;

/**
 * Puts new thresholds in force, as the next version; what was judged by an earlier one stays as it is. Events after the
 * commit are judged by it.
 * @param version the one that the administrator saw
 * @throws {Conflict | InvalidInput}
 */
export async function changeAlertRules(
  ctx: Needs,
  actor: Pick<Actor, "id">,
  version: number,
  patch: RulesPatch,
  confirmation?: Confirmation,
): Promise<AlertRules> {
  const { stepPercent, cumulativePercent } = await planAlertRules(ctx, version, patch);
  const { reason } = patch;
  try {
    const rule = {
      version: version + 1,
      stepPercent,
      cumulativePercent,
      reason,
      createdAt: new Date(ctx.now()),
      createdBy: actor.id,
    };
    const committed = await ctx.db.$transaction(async (tx) => {
      await recordActIn(tx, {
        actor: actor.id,
        action: "alert-rules.change",
        subject: `alert rules ${version + 1}`,
        details: { stepPercent, cumulativePercent, reason, ...confirmation },
      });
      return commitAt(tx, async (position) => {
        await tx.alertRule.create({ data: { ...rule, position } });
        return {};
      });
    });
    ctx.publish(committed);
  } catch (error) {
    // Two saw the same version: its successor is made once.
    if ((error as { code?: string }).code === NOT_UNIQUE) throw rulesMoved(await rulesInForce(ctx));
    throw error;
  }
  return rulesInForce(ctx);
}

/** The same, for a second administrator to confirm. @throws {Conflict | InvalidInput} as the change would */
export async function proposeAlertRules(
  ctx: ProposeNeeds,
  actor: Pick<Actor, "id">,
  version: number,
  patch: RulesPatch,
): Promise<Proposed> {
  const { current, stepPercent, cumulativePercent } = await planAlertRules(ctx, version, patch);
  const told = {
    stepBefore: current.stepPercent,
    stepAfter: stepPercent,
    cumulativeBefore: current.cumulativePercent,
    cumulativeAfter: cumulativePercent,
  };
  return propose(ctx, actor.id, {
    act: "thresholds",
    payload: { version, patch },
    told,
    reason: patch.reason,
  });
}
