"use client";
import { useOs } from "@mantine/hooks";

/** How the key of the command palette is called on this machine; known once the page runs. */
export function usePaletteKey(): string {
  const os = useOs();
  return os === "macos" || os === "ios" ? "⌘K" : "Ctrl K";
}
