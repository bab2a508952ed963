"use client";
import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { LiveClient, type LiveSnapshot } from "./live-client.ts";
import { goOn, standStill } from "./reread.ts";

const LiveContext = createContext<LiveClient | null>(null);

interface LiveProviderProps {
  /** The server's clock, ms. */
  readonly renderedAt: number;
  readonly children: ReactNode;
}

/** Keeps one live connection for all screens below. */
export function LiveProvider({ renderedAt, children }: LiveProviderProps) {
  const [client] = useState(() => new LiveClient(renderedAt));
  useEffect(() => client.start(), [client]);
  useStandstill(client);
  return <LiveContext value={client}>{children}</LiveContext>;
}

/** While the reader has paused the page, nothing that it shows is read anew: neither what is on its way nor on returning to it. */
function useStandstill(live: LiveClient): void {
  const queries = useQueryClient();
  const isRunning = () => live.snapshot().pausedAt === null;
  const [isFirst, setFirst] = useState(true);
  if (isFirst) {
    const defaults = queries.getDefaultOptions();
    const returning = { refetchOnWindowFocus: isRunning, refetchOnReconnect: isRunning };
    queries.setDefaultOptions({ ...defaults, queries: { ...defaults.queries, ...returning } });
    setFirst(false);
  }
  useEffect(() => {
    let wasRunning = true;
    return live.subscribe(() => {
      const { pausedAt } = live.snapshot();
      if (wasRunning === (pausedAt === null)) return;
      wasRunning = pausedAt === null;
      void (wasRunning ? goOn(queries) : standStill(queries));
    });
  }, [live, queries]);
}

export function useLiveClient(): LiveClient {
  const client = useContext(LiveContext);
  if (!client) throw new Error("useLiveClient needs a LiveProvider above it");
  return client;
}

/** How the connection stands. Changes about once a second: for the badge, not for figures. */
export function useLive(): LiveSnapshot {
  const client = useLiveClient();
  return useSyncExternalStore(client.subscribe, client.snapshot, client.initial);
}
