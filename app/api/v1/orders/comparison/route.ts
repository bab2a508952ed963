import { handle } from "../../../../../server/access/handle.ts";
import { comparisonQuery } from "../../../../../server/contracts/api/orders.ts";
import { comparison } from "../../../../../server/queries/comparison.ts";
import { runtime } from "../../../../../server/runtime.ts";

export const GET = handle({ action: "orders.read", query: comparisonQuery }, ({ query }) =>
  comparison(runtime(), query),
);
