import { context } from "#server/context.ts";
import { handle } from "#server/http/handle.ts";
import { dayRevisions } from "#server/orders/day-revisions.ts";
import { dateParam } from "../date-param.ts";

export const GET = handle({ action: "orders.read" }, ({ params }) =>
  dayRevisions(context(), dateParam(params)),
);
