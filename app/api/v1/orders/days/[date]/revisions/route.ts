import { handle } from "#server/access/handle.ts";
import { dayRevisions } from "#server/orders/day-revisions.ts";
import { runtime } from "#server/context.ts";
import { dateParam } from "../date-param.ts";

export const GET = handle({ action: "orders.read" }, ({ params }) =>
  dayRevisions(runtime(), dateParam(params)),
);
