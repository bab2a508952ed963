import { context } from "#server/context.ts";
import { listQuery } from "#server/contracts/api/common.ts";
import { handle } from "#server/http/handle.ts";
import { hourCauses } from "#server/orders/hour-causes.ts";

export const GET = handle({ action: "orders.read", query: listQuery }, ({ query, params }) =>
  hourCauses(context(), params.bizHour ?? "", query),
);
