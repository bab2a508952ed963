import { context } from "#server/context.ts";
import { applyLate } from "#server/contracts/api/days.ts";
import { handle } from "#server/http/handle.ts";
import { applyLateOrders } from "#server/orders/apply-late-orders.ts";
import { dateParam } from "../date-param.ts";

export const POST = handle(
  { action: "orders.revise", body: applyLate, ifMatch: true },
  ({ actor, params, version, body }) =>
    applyLateOrders(context(), actor, { date: dateParam(params), seen: version, reason: body.reason }),
);
