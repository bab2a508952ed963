import type { CaseDetail } from "../contracts/api/retention.ts";
import { InvalidInput } from "../lib/errors.ts";
import { type CaseVerb, onCase, triaged } from "./case-verb.ts";

/** A closed case comes back; its owner stays. A user has one open case at most (rule K8). */
export async function reopenCase(verb: CaseVerb): Promise<CaseDetail> {
  try {
    return await onCase(verb, (standing) => {
      if (standing.triage !== "closed") throw new InvalidInput("The case is open already.");
      const triage = standing.assignee === null ? "new" : "claimed";
      return {
        columns: { ...triaged(triage), openUserId: standing.user_id, closedAt: null },
        kind: "reopened",
      };
    });
  } catch (error) {
    if ((error as { code?: string }).code !== "P2002") throw error;
    throw new InvalidInput("This customer has another open case: work on that one.");
  }
}
