import { handle } from "#server/access/handle.ts";
import { recentMoves } from "#server/orders/recent-moves.ts";
import { runtime } from "#server/context.ts";

export const GET = handle({ action: "orders.read" }, () => recentMoves(runtime()));
