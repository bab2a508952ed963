import type { z } from "zod";
import type { Actor } from "../access/can.ts";
import type { Context } from "../context.ts";
import type { AlertRules, alertRulesPatch } from "../contracts/api/alert-rules.ts";
import { recordActIn } from "../db/audit.ts";
import { NOT_UNIQUE } from "../db/not-unique.ts";
import { Conflict, InvalidInput } from "../lib/errors.ts";
import { alertRules } from "./read-alert-rules.ts";

type Needs = Pick<Context, "db" | "pool" | "now">;

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
  patch: z.infer<typeof alertRulesPatch>,
): Promise<AlertRules> {
  const current = await inForce(ctx);
  if (current.version !== version) throw tooLate(current);
  const stepPercent = patch.stepPercent ?? current.stepPercent;
  const cumulativePercent = patch.cumulativePercent ?? current.cumulativePercent;
  if (
    Number(stepPercent) === Number(current.stepPercent) &&
    Number(cumulativePercent) === Number(current.cumulativePercent)
  ) {
    throw new InvalidInput("These thresholds are in force already.");
  }
  const { reason } = patch;
  try {
    await ctx.db.$transaction(async (tx) => {
      await tx.alertRule.create({
        data: {
          version: version + 1,
          stepPercent,
          cumulativePercent,
          reason,
          createdAt: new Date(ctx.now()),
          createdBy: actor.id,
        },
      });
      await recordActIn(tx, {
        actor: actor.id,
        action: "alert-rules.change",
        subject: `alert rules ${version + 1}`,
        details: { stepPercent, cumulativePercent, reason },
      });
    });
  } catch (error) {
    // Two saw the same version: its successor is made once.
    if ((error as { code?: string }).code === NOT_UNIQUE) throw tooLate(await inForce(ctx));
    throw error;
  }
  return inForce(ctx);
}

async function inForce(ctx: Needs): Promise<AlertRules> {
  const [newest] = (await alertRules(ctx, { limit: 1 })).items;
  if (!newest) throw new Error("alert_rule is empty: the migrations put version 1 there");
  return newest;
}

function tooLate(current: AlertRules): Conflict {
  return new Conflict(
    `${current.createdBy?.name ?? "Somebody"} changed the thresholds after you saw them.`,
    current,
  );
}
