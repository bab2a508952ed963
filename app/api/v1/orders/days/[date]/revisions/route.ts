import { handle } from "../../../../../../../server/access/handle.ts";
import { dayRevisions } from "../../../../../../../server/queries/day-revisions.ts";
import { runtime } from "../../../../../../../server/runtime.ts";
import { dateParam } from "../date-param.ts";

export const GET = handle({ action: "orders.read" }, ({ params }) =>
  dayRevisions(runtime(), dateParam(params)),
);
