import { z } from "zod";
import { PROPOSABLE_ACTS, PROPOSAL_STATES } from "../four-eyes.ts";
import { oneLine } from "../one-line.ts";
import { id, instant, listQuery, page } from "./common.ts";
import { person } from "./retention.ts";

/** What is shown of a proposed act, before it is done: texts by name, no personal data of customers. */
export const toldOfAct = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
export type ToldOfAct = z.infer<typeof toldOfAct>;

export const proposal = z.object({
  id,
  act: z.enum(PROPOSABLE_ACTS),
  state: z.enum(PROPOSAL_STATES),
  told: toldOfAct,
  reason: z.string().nullable(),
  proposedAt: instant,
  proposedBy: person,
  /** It can be confirmed until then. */
  expiresAt: instant,
  decidedAt: instant.nullable(),
  decidedBy: person.nullable(),
  decisionReason: z.string().nullable(),
  /** Whether who asks proposed it themselves: they may withdraw it, and somebody else confirms it. */
  isOwn: z.boolean(),
});
export type Proposal = z.infer<typeof proposal>;

/** 202 of an act that FOUR_EYES guards: nothing has been done yet. */
export const proposed = z.object({ proposal });
export type Proposed = z.infer<typeof proposed>;

/** GET /api/v1/proposals : newest first. */
export const proposalsQuery = listQuery.extend({ state: z.enum(["open", "decided"]).default("open") });
export const proposalsPage = page(proposal);
export type ProposalsPage = z.infer<typeof proposalsPage>;

/** Why something was decided so. A confirmation needs no reason. */
export const confirmBody = z.object({
  reason: oneLine(500).optional(),
  /** Of an import: `preview` of what it would do by now, from a 409 preview_outdated; without it, only what was proposed is done. */
  seen: z.string().max(200).optional(),
});
export const refuseBody = z.object({ reason: oneLine(500) });
