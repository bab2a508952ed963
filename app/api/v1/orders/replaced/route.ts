import { handle } from "../../../../../server/access/handle.ts";
import { replacedQuery } from "../../../../../server/contracts/api/orders.ts";
import { replacedOrders } from "../../../../../server/queries/replaced-orders.ts";
import { runtime } from "../../../../../server/runtime.ts";

export const GET = handle({ action: "orders.read", query: replacedQuery }, ({ query }) =>
  replacedOrders(runtime(), query),
);
