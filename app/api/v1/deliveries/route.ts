import { context } from "#server/context.ts";
import { deliveriesQuery } from "#server/contracts/api/deliveries.ts";
import { handle } from "#server/http/handle.ts";
import { deliveries } from "#server/notifications/deliveries.ts";

export const GET = handle({ action: "deliveries.read", query: deliveriesQuery }, ({ query }) =>
  deliveries(context(), query),
);
