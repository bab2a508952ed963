import type pg from "pg";
import { parseFen } from "#server/contracts/money.ts";

interface StoredRules {
  readonly version: number;
  /** Hundredths of a percent, like those below. */
  readonly stepBasisPoints: bigint;
  readonly cumulativeBasisPoints: bigint;
}

/** The thresholds in force (rules K4, K5). */
export async function readAlertRules(db: Pick<pg.ClientBase, "query">): Promise<StoredRules> {
  const { rows } = await db.query<{ version: number; step_percent: string; cumulative_percent: string }>(
    "SELECT version, step_percent, cumulative_percent FROM alert_rule ORDER BY version DESC LIMIT 1",
  );
  const rule = rows[0];
  if (!rule) throw new Error("alert_rule is empty: the migrations put version 1 there");
  return {
    version: rule.version,
    stepBasisPoints: parseFen(rule.step_percent) ?? 0n,
    cumulativeBasisPoints: parseFen(rule.cumulative_percent) ?? 0n,
  };
}
