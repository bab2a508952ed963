import type { CaseDetail } from "../contracts/api/retention.ts";
import { InvalidInput } from "../lib/errors.ts";
import { type CaseVerb, onCase, requireOpen, triaged } from "./case-verb.ts";

/** Out of sight until a time. */
export async function snoozeCase(verb: CaseVerb, until: string): Promise<CaseDetail> {
  const snoozedUntil = new Date(until);
  if (snoozedUntil.getTime() <= verb.ctx.now()) {
    throw new InvalidInput("Snooze until a time that is still to come.", { field: "until" });
  }
  return onCase(verb, (standing) => {
    requireOpen(standing);
    return { columns: { ...triaged("snoozed"), snoozedUntil }, kind: "snoozed", body: { until } };
  });
}
