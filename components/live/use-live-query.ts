"use client";
import { type QueryKey, type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { Topic, TopicBodies } from "#server/contracts/live.ts";
import { carryForward, type Snapshot } from "./apply-patch.ts";
import { useLiveClient } from "./live-provider.tsx";
import { reread } from "./reread.ts";
import { useIsPaused } from "./use-is-stale.ts";
import { usePatch } from "./use-patch.ts";

/** A query that lives on patches: a snapshot with its position, and how one patch's body changes it. */
export interface LiveQuery<T extends Topic, D extends Snapshot> {
  readonly topic: T;
  readonly queryKey: QueryKey;
  readonly queryFn: (signal: AbortSignal) => Promise<D>;
  readonly apply: (data: D, body: TopicBodies[T]) => D;
}

/**
 * Reads a snapshot, then applies patches to the same query key. A snapshot that was on its way while patches came is
 * carried forward by them; after a gap it is read anew. The one store is TanStack Query's cache.
 */
export function useLiveQuery<T extends Topic, D extends Snapshot>({
  topic,
  queryKey,
  queryFn,
  apply,
}: LiveQuery<T, D>): UseQueryResult<D> {
  const live = useLiveClient();
  const isPaused = useIsPaused();
  usePatch(
    topic,
    (client, patch) => {
      const data = client.getQueryData<D>(queryKey);
      if (!data) return; // the snapshot on its way will be carried forward
      const next = carryForward(data, [patch], apply);
      if (next) client.setQueryData<D>(queryKey, next);
      else void reread(client, { queryKey });
    },
    (client) => void reread(client, { queryKey }),
  );
  return useQuery({
    queryKey,
    // A page that is focused, or connected again, reads what is old: not while it is to stand still.
    ...(isPaused ? { staleTime: Number.POSITIVE_INFINITY } : {}),
    queryFn: async ({ signal }) => {
      const data = await queryFn(signal);
      // Older than what is kept: as good as new, the next patch shows the gap.
      return carryForward(data, live.recent(topic), apply) ?? data;
    },
  });
}
