import { handle } from "../../../../../server/access/handle.ts";
import { recentMoves } from "../../../../../server/queries/recent-moves.ts";
import { runtime } from "../../../../../server/runtime.ts";

export const GET = handle({ action: "orders.read" }, () => recentMoves(runtime()));
