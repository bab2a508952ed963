"use client";
import { useEffect, useState } from "react";

/**
 * A value some time after it came, ms: parts that need not change in the same moment take turns on the main thread. For
 * values that change less often than that.
 */
export function useLater<T>(value: T, delay: number): T {
  const [shown, setShown] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setShown(() => value), delay);
    return () => clearTimeout(timer);
  }, [value, delay]);
  return shown;
}
