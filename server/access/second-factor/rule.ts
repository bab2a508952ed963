import type { Role, SessionFactor } from "../can.ts";

/** Of whom a second factor is asked. */
export const SECOND_FACTOR_RULES = ["administrators", "all", "none"] as const;
export type SecondFactorRule = (typeof SECOND_FACTOR_RULES)[number];

/** What an installation asks; where nothing is configured, its administrators have one, and in a demo nobody needs one. */
export function secondFactorRule({
  REQUIRE_SECOND_FACTOR: configured,
  DEMO: isDemo,
}: {
  readonly REQUIRE_SECOND_FACTOR?: SecondFactorRule | undefined;
  readonly DEMO: boolean;
}): SecondFactorRule {
  return configured ?? (isDemo ? "none" : "administrators");
}

/** Whether whoever has this role works with a second factor alone. */
export function asksSecondFactor(rule: SecondFactorRule, role: Role): boolean {
  return rule === "all" || (rule === "administrators" && role === "administrator");
}

/** @param isEnrolled their person has a second factor: a session without it is not enough, whatever the rule says */
export function factorOfSession(
  rule: SecondFactorRule,
  role: Role,
  { isGiven, isEnrolled }: { readonly isGiven: boolean; readonly isEnrolled: boolean },
): SessionFactor {
  if (isGiven) return "given";
  return isEnrolled || asksSecondFactor(rule, role) ? "needed" : "none";
}
