import { context } from "#server/context.ts";
import { replacedQuery } from "#server/contracts/api/orders.ts";
import { handle } from "#server/http/handle.ts";
import { replacedOrders } from "#server/orders/replaced-orders.ts";

export const GET = handle({ action: "orders.read", query: replacedQuery }, ({ query }) =>
  replacedOrders(context(), query),
);
