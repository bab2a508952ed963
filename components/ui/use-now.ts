"use client";
import { useEffect, useState } from "react";

/** The clock, ms, anew every `interval`: for ages and waiting times. null until the browser has taken over. */
export function useNow(interval: number): number | null {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), interval);
    return () => clearInterval(timer);
  }, [interval]);
  return now;
}
