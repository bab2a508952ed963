"use client";
import { useLiveQuery } from "../live/use-live-query.ts";
import { fetchJson } from "../ui/fetch-json.ts";
import { movesKey } from "./board-keys.ts";
import { asListed, followMoves, type KeptMoves } from "./follow-hours.ts";

/** What the newest commits moved on a business date. */
export function useMoves(date: string) {
  return useLiveQuery({
    topic: "orders",
    queryKey: movesKey(date),
    queryFn: async (signal) =>
      asListed(await fetchJson<KeptMoves>(`/api/v1/orders/moves?date=${date}`, { signal })),
    apply: (data: KeptMoves, body) => followMoves(date, data, body),
  });
}
