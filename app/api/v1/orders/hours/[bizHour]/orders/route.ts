import { handle } from "#server/access/handle.ts";
import { listQuery } from "#server/contracts/api/common.ts";
import { hourWinners } from "#server/orders/hour-winners.ts";
import { runtime } from "#server/context.ts";

export const GET = handle({ action: "orders.read", query: listQuery }, ({ query, params }) =>
  hourWinners(runtime(), params.bizHour ?? "", query),
);
