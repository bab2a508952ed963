import { handle } from "#server/access/handle.ts";
import { deliveriesQuery } from "#server/contracts/api/deliveries.ts";
import { deliveries } from "#server/notifications/deliveries.ts";
import { runtime } from "#server/context.ts";

export const GET = handle({ action: "deliveries.read", query: deliveriesQuery }, ({ query }) =>
  deliveries(runtime(), query),
);
