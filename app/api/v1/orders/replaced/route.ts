import { handle } from "#server/access/handle.ts";
import { replacedQuery } from "#server/contracts/api/orders.ts";
import { replacedOrders } from "#server/orders/replaced-orders.ts";
import { runtime } from "#server/context.ts";

export const GET = handle({ action: "orders.read", query: replacedQuery }, ({ query }) =>
  replacedOrders(runtime(), query),
);
