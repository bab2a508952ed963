"use client";
import { useCallback, useSyncExternalStore } from "react";
import { type Freshness, freshnessOf } from "./freshness.ts";
import { useLiveClient } from "./live-provider.tsx";

const CHECK_MS = 1_000;

/** Something of the freshness; speaks up only when that changes. `first`: what the server rendered with. */
export function useFromFreshness<T>(read: (freshness: Freshness) => T, first: (renderedAt: number) => T): T {
  const client = useLiveClient();
  const subscribe = useCallback(
    (onChange: () => void) => {
      const unsubscribe = client.subscribe(onChange);
      const timer = setInterval(onChange, CHECK_MS);
      return () => {
        unsubscribe();
        clearInterval(timer);
      };
    },
    [client],
  );
  return useSyncExternalStore(
    subscribe,
    () => read(freshnessOf(client.snapshot(), client.now())),
    () => first(client.renderedAt),
  );
}

/** Whether what is shown is not of now, and dimmed. */
export const useIsStale = (): boolean =>
  useFromFreshness(
    ({ isStale }) => isStale,
    () => false,
  );

/** How often to read anew what no patch tells of, ms; false: the reader has paused the page. */
export const useRefreshMs = (ms: number): number | false => (useIsPaused() ? false : ms);

/** Whether the reader has paused what is shown: nothing that is shown is read anew. */
export const useIsPaused = (): boolean =>
  useFromFreshness(
    ({ label }) => label === "paused",
    () => false,
  );
