import { context } from "#server/context.ts";
import { comparisonQuery } from "#server/contracts/api/orders.ts";
import { handle } from "#server/http/handle.ts";
import { comparison } from "#server/orders/comparison.ts";

export const GET = handle({ action: "orders.read", query: comparisonQuery }, ({ query }) =>
  comparison(context(), query),
);
