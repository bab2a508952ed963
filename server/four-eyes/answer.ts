import type { Proposed } from "../contracts/api/proposals.ts";

/** 202: taken up, and nothing of it done yet. */
export const waitingAnswer = (proposed: Proposed): Response => Response.json(proposed, { status: 202 });
