import { queryOptions } from "@tanstack/react-query";
import type { LateEffect } from "#server/contracts/api/days.ts";
import { fetchJson, isFinal, isPassing } from "../ui/fetch-json.ts";
import { dayKey } from "./board-keys.ts";

/** Tries again while the server writes the day's rows behind, which takes a moment; and after other failures. */
const UNTIL_WRITTEN = 30;
const RETRIES = 2;
/** ms */
const AGAIN_MS = 1_000;

/** What a closed day's late orders would change. */
export const lateEffectQuery = (date: string) =>
  queryOptions({
    queryKey: [...dayKey(date), "late"],
    queryFn: ({ signal }) => fetchJson<LateEffect>(`/api/v1/orders/days/${date}/late`, { signal }),
    staleTime: 0,
    retry: (failures, error) => !isFinal(error) && failures < (isPassing(error) ? UNTIL_WRITTEN : RETRIES),
    retryDelay: AGAIN_MS,
  });
