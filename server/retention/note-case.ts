import type { CaseDetail } from "../contracts/api/retention.ts";
import { type CaseVerb, onCase } from "./case-verb.ts";

/** A note changes no state, but it takes its place in the versions: two notes do not cross unseen. */
export function noteCase(verb: CaseVerb, text: string): Promise<CaseDetail> {
  return onCase(verb, () => ({ columns: {}, kind: "noted", body: { text } }));
}
