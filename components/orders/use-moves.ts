"use client";
import { moves } from "../../server/contracts/api/orders.ts";
import { useLiveQuery } from "../live/use-live-query.ts";
import { fetchJson } from "../ui/fetch-json.ts";
import { followMoves } from "./follow-hours.ts";

/** What the newest commits moved. */
export function useMoves() {
  return useLiveQuery({
    topic: "orders",
    queryKey: ["orders", "moves"],
    queryFn: (signal) => fetchJson("/api/v1/orders/moves", moves, { signal }),
    apply: followMoves,
  });
}
