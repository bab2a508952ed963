import { context } from "#server/context.ts";
import { handle } from "#server/http/handle.ts";
import { dateParam } from "../date-param.ts";

export const GET = handle({ action: "orders.read" }, ({ params }) =>
  context().dayWorker.lateEffect(dateParam(params)),
);
