"use client";
import { useEffect, useRef, useState } from "react";

/** A value that changes on screen at most once in `interval` ms, and ends at its newest state. */
export function useCalm<T>(value: T, interval: number): T {
  const [shown, setShown] = useState(value);
  const changedAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (Object.is(shown, value)) return;
    const wait = Math.max(0, changedAt.current + interval - performance.now());
    const timer = setTimeout(() => {
      changedAt.current = performance.now();
      setShown(() => value);
    }, wait);
    return () => clearTimeout(timer);
  }, [shown, value, interval]);
  return shown;
}
