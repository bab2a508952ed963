import { deliveriesQuery } from "../contracts/api/deliveries.ts";
import { defineRoute } from "../http/define-route.ts";
import { deliveries } from "./deliveries.ts";
import { sendAgain } from "./send-again.ts";

export const NOTIFICATION_ROUTES = [
  defineRoute({
    tag: "Pipeline",
    method: "GET",
    path: "/api/v1/deliveries",
    summary: "Notices on their way over each channel and to single people, newest first",
    right: "deliveries.read",
    query: deliveriesQuery,
    answer: { schema: "DeliveriesPage" },
    handle: ({ ctx, actor, query }) => deliveries(ctx, actor, query),
  }),
  defineRoute({
    tag: "Pipeline",
    method: "POST",
    path: "/api/v1/deliveries/{id}/send-again",
    summary: "Sends a dead delivery again, under the same key",
    right: "deliveries.send-again",
    answer: { schema: "Delivery" },
    handle: ({ ctx, actor, params }) => sendAgain(ctx, actor, params.id),
  }),
];
