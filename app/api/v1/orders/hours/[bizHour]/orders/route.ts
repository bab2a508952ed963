import { context } from "#server/context.ts";
import { listQuery } from "#server/contracts/api/common.ts";
import { handle } from "#server/http/handle.ts";
import { hourWinners } from "#server/orders/hour-winners.ts";

export const GET = handle({ action: "orders.read", query: listQuery }, ({ query, params }) =>
  hourWinners(context(), params.bizHour ?? "", query),
);
