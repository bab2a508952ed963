"use client";
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { LiveClient, type LiveSnapshot } from "./live-client.ts";

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
  return <LiveContext value={client}>{children}</LiveContext>;
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
