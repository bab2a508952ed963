import { handle } from "../../../../server/access/handle.ts";
import { deliveriesQuery } from "../../../../server/contracts/api/deliveries.ts";
import { deliveries } from "../../../../server/queries/deliveries.ts";
import { runtime } from "../../../../server/runtime.ts";

export const GET = handle({ action: "deliveries.read", query: deliveriesQuery }, ({ query }) =>
  deliveries(runtime(), query),
);
