import { handle } from "../../../../../../../server/access/handle.ts";
import { lateEffect } from "../../../../../../../server/queries/late-effect.ts";
import { runtime } from "../../../../../../../server/runtime.ts";
import { dateParam } from "../date-param.ts";

export const GET = handle({ action: "orders.read" }, ({ params }) =>
  lateEffect(runtime(), dateParam(params)),
);
