"use client";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { Patch, Topic, TopicBodies } from "#server/contracts/live.ts";
import { useLiveClient } from "./live-provider.tsx";

/**
 * Hands each patch of a topic to `apply`, and calls `onStale` when patches were missed: then the feature's queries have to
 * be read anew.
 */
export function usePatch<T extends Topic>(
  topic: T,
  apply: (client: QueryClient, patch: Patch<TopicBodies[T]>) => void,
  onStale?: (client: QueryClient) => void,
): void {
  const live = useLiveClient();
  const client = useQueryClient();
  const handlers = useRef({ apply, onStale });
  useEffect(() => {
    handlers.current = { apply, onStale };
  });
  useEffect(
    () =>
      live.read({
        topic,
        onPatch: (patch) => handlers.current.apply(client, patch),
        onStale: () => handlers.current.onStale?.(client),
      }),
    [live, client, topic],
  );
}
