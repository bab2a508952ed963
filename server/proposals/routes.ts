import { confirmBody, proposalsQuery, refuseBody } from "../contracts/api/proposals.ts";
import { defineRoute, type Route } from "../http/define-route.ts";
import { confirm, refuse } from "./decide.ts";
import { listProposals } from "./list-proposals.ts";

export const PROPOSAL_ROUTES: readonly Route[] = [
  defineRoute({
    tag: "Proposals",
    method: "GET",
    path: "/api/v1/proposals",
    summary: "Acts that wait for a second administrator, or what became of those that waited; newest first",
    right: "settings.read",
    query: proposalsQuery,
    answer: { schema: "ProposalsPage" },
    handle: ({ ctx, actor, query }) => listProposals(ctx, actor, query),
  }),
  defineRoute({
    tag: "Proposals",
    method: "POST",
    path: "/api/v1/proposals/{id}/confirm",
    summary: "Does what was proposed; never one's own",
    description:
      "Where the act itself is refused as things stand by now, so is this, and the proposal waits on.",
    right: "settings.write",
    body: { schema: confirmBody },
    answer: { schema: "Proposal" },
    handle: ({ ctx, actor, params, body }) =>
      confirm(ctx, params.id, { actor, reason: body.reason ?? null, seen: body.seen }),
  }),
  defineRoute({
    tag: "Proposals",
    method: "POST",
    path: "/api/v1/proposals/{id}/refuse",
    summary: "Ends what was proposed without doing it; one's own is withdrawn so",
    right: "settings.write",
    body: { schema: refuseBody },
    answer: { schema: "Proposal" },
    handle: ({ ctx, actor, params, body }) => refuse(ctx, params.id, { actor, reason: body.reason }),
  }),
];
