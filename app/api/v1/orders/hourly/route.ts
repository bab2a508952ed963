import { context } from "#server/context.ts";
import { hourlyQuery } from "#server/contracts/api/orders.ts";
import { handle } from "#server/http/handle.ts";
import { hourly } from "#server/orders/hourly.ts";

export const GET = handle({ action: "orders.read", query: hourlyQuery }, ({ query }) =>
  hourly(context(), query),
);
