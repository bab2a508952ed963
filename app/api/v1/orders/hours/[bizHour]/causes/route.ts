import { handle } from "#server/access/handle.ts";
import { listQuery } from "#server/contracts/api/common.ts";
import { hourCauses } from "#server/orders/hour-causes.ts";
import { runtime } from "#server/context.ts";

export const GET = handle({ action: "orders.read", query: listQuery }, ({ query, params }) =>
  hourCauses(runtime(), params.bizHour ?? "", query),
);
