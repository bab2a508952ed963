import { handle } from "#server/access/handle.ts";
import { applyLateOrders } from "#server/orders/apply-late-orders.ts";
import { applyLate } from "#server/contracts/api/days.ts";
import { runtime } from "#server/context.ts";
import { dateParam } from "../date-param.ts";

export const POST = handle(
  { action: "orders.revise", body: applyLate, ifMatch: true },
  ({ actor, params, version, body }) =>
    applyLateOrders(runtime(), actor, { date: dateParam(params), seen: version, reason: body.reason }),
);
