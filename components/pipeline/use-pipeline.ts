"use client";
import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import type { PipelineStatus } from "#server/contracts/api/pipeline.ts";
import { reread } from "../live/reread.ts";
import { useRefreshMs } from "../live/use-is-stale.ts";
import { usePatch } from "../live/use-patch.ts";
import { fetchJson } from "../ui/fetch-json.ts";
import { type RateHistory, remember } from "./rate-history.ts";
import { refreshDeadLetters } from "./use-dead-letters.ts";

const KEY = ["pipeline"] as const;
const RATES_KEY = ["pipeline", "rates"] as const;
const REFRESH_MS = 10_000;

/** The pipeline's state: a snapshot, then patches of the topic `pipeline`, each the newest state as a whole. */
export function usePipeline() {
  const client = useQueryClient();
  const refreshMs = useRefreshMs(REFRESH_MS);
  // Told by patches alone: the status may have been read after a line was refused, and the dead letters before it.
  const deadLetters = useRef<string | null>(null);
  usePatch(
    "pipeline",
    (cache, { body }) => {
      cache.setQueryData<PipelineStatus>(KEY, body);
      rememberRates(cache, body);
      const counted = JSON.stringify(body.streams.map((stream) => stream.deadLetters));
      if (deadLetters.current !== counted) refreshDeadLetters(cache);
      deadLetters.current = counted;
    },
    (cache) => {
      void reread(cache, { queryKey: KEY, exact: true });
      refreshDeadLetters(cache);
    },
  );
  return useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => {
      const status = await fetchJson<PipelineStatus>("/api/v1/pipeline", { signal });
      rememberRates(client, status);
      return status;
    },
    refetchInterval: refreshMs,
  });
}

/** Rates seen since the page was opened; kept beside the status in the same store. */
export function useRateHistory(): RateHistory {
  const { data } = useQuery<RateHistory>({
    queryKey: RATES_KEY,
    queryFn: () => ({}),
    staleTime: Number.POSITIVE_INFINITY,
    initialData: {},
  });
  return data;
}

function rememberRates(client: QueryClient, status: PipelineStatus): void {
  client.setQueryData<RateHistory>(RATES_KEY, (before) => remember(before ?? {}, status));
}
