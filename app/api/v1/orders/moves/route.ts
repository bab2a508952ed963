import { context } from "#server/context.ts";
import { handle } from "#server/http/handle.ts";
import { recentMoves } from "#server/orders/recent-moves.ts";

export const GET = handle({ action: "orders.read" }, () => recentMoves(context()));
