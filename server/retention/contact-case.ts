import type { CaseDetail } from "../contracts/api/retention.ts";
import { type CaseVerb, onCase, requireOpen, triaged } from "./case-verb.ts";

/** The customer has been spoken to; whoever did it owns the case if nobody does. */
export function contactCase(verb: CaseVerb): Promise<CaseDetail> {
  return onCase(verb, (standing) => {
    requireOpen(standing);
    const assignee = standing.assignee ?? verb.actor.id;
    return { columns: { ...triaged("contacted"), assignee }, kind: "contacted" };
  });
}
