"use client";
import { useCallback, useSyncExternalStore } from "react";
import { freshnessOf } from "./freshness.ts";
import { useLiveClient } from "./live-provider.tsx";

const CHECK_MS = 1_000;

/** Whether what is shown is old enough to be dimmed; speaks up only when that changes. */
export function useIsStale(): boolean {
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
  const read = () => freshnessOf(client.snapshot(), client.now()).isStale;
  return useSyncExternalStore(subscribe, read, () => false);
}
