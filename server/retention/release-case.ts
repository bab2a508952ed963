import type { CaseDetail } from "../contracts/api/retention.ts";
import { type CaseVerb, onCase, requireOpen, triaged } from "./case-verb.ts";

/** Back into the queue, for anybody. */
export function releaseCase(verb: CaseVerb): Promise<CaseDetail> {
  return onCase(verb, (standing) => {
    requireOpen(standing);
    return { columns: { ...triaged("new"), assignee: null }, kind: "released" };
  });
}
