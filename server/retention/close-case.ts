import type { CaseDetail, Outcome } from "../contracts/api/retention.ts";
import { type CaseVerb, onCase, requireOpen, triaged } from "./case-verb.ts";

/** Done, with an outcome; whoever closes it owns it if nobody does. */
export function closeCase(verb: CaseVerb, outcome: Outcome, note: string | undefined): Promise<CaseDetail> {
  return onCase(verb, (standing) => {
    requireOpen(standing);
    const closedAt = new Date(verb.ctx.now());
    const assignee = standing.assignee ?? verb.actor.id;
    return {
      columns: { ...triaged("closed"), outcome, closedAt, assignee, openUserId: null },
      kind: "closed",
      resetsAnchor: true,
      body: { outcome, ...(note ? { text: note } : {}) },
    };
  });
}
