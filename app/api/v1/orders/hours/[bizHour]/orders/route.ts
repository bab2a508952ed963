import { handle } from "../../../../../../../server/access/handle.ts";
import { listQuery } from "../../../../../../../server/contracts/api/common.ts";
import { hourWinners } from "../../../../../../../server/queries/hour-winners.ts";
import { runtime } from "../../../../../../../server/runtime.ts";

export const GET = handle({ action: "orders.read", query: listQuery }, ({ query, params }) =>
  hourWinners(runtime(), params.bizHour ?? "", query),
);
