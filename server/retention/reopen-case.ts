import type { CaseDetail } from "../contracts/api/retention.ts";
import { formatFen, parseFen } from "../contracts/money.ts";
import { InvalidInput } from "../lib/errors.ts";
import { premiumAtRisk } from "../streams/premium-changes/operator/premium-changes.ts";
import { type CaseVerb, type LockedCase, onCase, triaged } from "./case-verb.ts";

/**
 * A closed case comes back with its evidence; its owner stays, its amount is the one of today. A user has one open case
 * at most (rule K8).
 */
export async function reopenCase(verb: CaseVerb): Promise<CaseDetail> {
  try {
    return await onCase(verb, (standing) => {
      if (standing.triage !== "closed") throw new InvalidInput("The case is open already.");
      const triage = standing.assignee === null ? "new" : "claimed";
      return {
        columns: {
          ...triaged(triage),
          ...amountsOfToday(standing),
          openUserId: standing.user_id,
          closedAt: null,
        },
        kind: "reopened",
      };
    });
  } catch (error) {
    if ((error as { code?: string }).code !== "P2002") throw error;
    throw new InvalidInput("This customer has another open case: work on that one.");
  }
}

/** The stream leaves a closed case alone, so the customer's amount may have moved since. */
function amountsOfToday(standing: LockedCase): { amountNow: string; premiumAtRisk: string } {
  const amountNow = parseFen(standing.newest_amount) ?? 0n;
  const anchor = parseFen(standing.anchor) ?? 0n;
  const atRisk = premiumAtRisk({ anchor, amountNow, mark: null });
  return { amountNow: formatFen(amountNow), premiumAtRisk: formatFen(atRisk) };
}
