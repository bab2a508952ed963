import type { Proposed } from "./api/proposals.ts";

/** Whether an act was not done, but waits for a second administrator. */
export const wasProposed = (answer: object): answer is Proposed => "proposal" in answer;
