"use client";
import type { Moves } from "#server/contracts/api/orders.ts";
import { useLiveQuery } from "../live/use-live-query.ts";
import { fetchJson } from "../ui/fetch-json.ts";
import { MOVES_KEY } from "./board-keys.ts";
import { followMoves } from "./follow-hours.ts";

/** What the newest commits moved. */
export function useMoves() {
  return useLiveQuery({
    topic: "orders",
    queryKey: MOVES_KEY,
    queryFn: (signal) => fetchJson<Moves>("/api/v1/orders/moves", { signal }),
    apply: followMoves,
  });
}
