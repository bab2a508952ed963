"use client";
import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** Where this page came from, for command lines that people copy; on the server the address of a local start. */
export function useOrigin(): string {
  return useSyncExternalStore(
    never,
    () => window.location.origin,
    () => "http://localhost:3000",
  );
}
