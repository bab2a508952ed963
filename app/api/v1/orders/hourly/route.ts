import { handle } from "../../../../../server/access/handle.ts";
import { hourlyQuery } from "../../../../../server/contracts/api/orders.ts";
import { hourly } from "../../../../../server/queries/hourly.ts";
import { runtime } from "../../../../../server/runtime.ts";

export const GET = handle({ action: "orders.read", query: hourlyQuery }, ({ query }) =>
  hourly(runtime(), query),
);
