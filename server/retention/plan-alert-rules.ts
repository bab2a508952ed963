import type { z } from "zod";
import type { Context } from "../context.ts";
import type { AlertRules, alertRulesPatch } from "../contracts/api/alert-rules.ts";
import { Conflict, InvalidInput } from "../lib/errors.ts";
import { alertRules } from "./read-alert-rules.ts";

export type RulesPatch = z.infer<typeof alertRulesPatch>;

/** What new thresholds come to, and what they replace. */
export interface PlannedRules {
  readonly current: AlertRules;
  readonly stepPercent: string;
  readonly cumulativePercent: string;
}

/**
 * @param version the one that the administrator saw
 * @throws {Conflict | InvalidInput} somebody was faster, or nothing would change
 */
export async function planAlertRules(
  ctx: Pick<Context, "pool">,
  version: number,
  patch: RulesPatch,
): Promise<PlannedRules> {
  const current = await rulesInForce(ctx);
  if (current.version !== version) throw rulesMoved(current);
  const stepPercent = patch.stepPercent ?? current.stepPercent;
  const cumulativePercent = patch.cumulativePercent ?? current.cumulativePercent;
  if (
    Number(stepPercent) === Number(current.stepPercent) &&
    Number(cumulativePercent) === Number(current.cumulativePercent)
  ) {
    throw new InvalidInput("These thresholds are in force already.");
  }
  return { current, stepPercent, cumulativePercent };
}

export async function rulesInForce(ctx: Pick<Context, "pool">): Promise<AlertRules> {
  const [newest] = (await alertRules(ctx, { limit: 1 })).items;
  if (!newest) throw new Error("alert_rule is empty: the migrations put version 1 there");
  return newest;
}

export function rulesMoved(current: AlertRules): Conflict {
  return new Conflict(
    `${current.createdBy?.name ?? "Somebody"} changed the thresholds after you saw them.`,
    current,
  );
}
