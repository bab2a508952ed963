"use client";
import { useEffect, useState } from "react";
import { useLiveClient } from "../live/live-provider.tsx";

/** The server's clock, ms, anew every `interval`: for ages and waiting times (rule C14). null until the browser has taken over. */
export function useNow(interval: number): number | null {
  const client = useLiveClient();
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    setNow(client.now());
    const timer = setInterval(() => setNow(client.now()), interval);
    return () => clearInterval(timer);
  }, [client, interval]);
  return now;
}
