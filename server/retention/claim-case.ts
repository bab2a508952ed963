import type { CaseDetail } from "../contracts/api/retention.ts";
import { type CaseVerb, onCase, requireOpen, triaged } from "./case-verb.ts";

/** "I'm on it". */
export function claimCase(verb: CaseVerb): Promise<CaseDetail> {
  return onCase(verb, (standing) => {
    requireOpen(standing);
    return { columns: { ...triaged("claimed"), assignee: verb.actor.id }, kind: "claimed" };
  });
}
