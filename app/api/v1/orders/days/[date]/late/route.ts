import { handle } from "#server/access/handle.ts";
import { runtime } from "#server/context.ts";
import { dateParam } from "../date-param.ts";

export const GET = handle({ action: "orders.read" }, ({ params }) =>
  runtime().aside.lateEffect(dateParam(params)),
);
