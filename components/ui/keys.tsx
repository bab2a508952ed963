"use client";
import { useHotkeys } from "@mantine/hooks";
import { createContext, type ReactNode, useContext, useEffect, useId, useState } from "react";

/** One key of a page, what it does, and its name in the list of keys. */
export interface Shortcut {
  /** As the key says itself: "j", "/", "mod+K". */
  readonly key: string;
  readonly words: string;
  readonly run: () => void;
}

/** The keys of one page or part, under its title. */
export interface KeyGroup {
  readonly title: string;
  readonly shortcuts: readonly Shortcut[];
}

type Registry = Map<string, KeyGroup>;
const KeysContext = createContext<Registry | null>(null);

/** Knows which keys work now, for whoever lists them. */
export function KeysProvider({ children }: { readonly children: ReactNode }) {
  const [registry] = useState<Registry>(() => new Map());
  return <KeysContext value={registry}>{children}</KeysContext>;
}

/** Makes these keys work while the component is shown and nobody is typing. */
export function useKeys(group: KeyGroup): void {
  const id = useId();
  const registry = useContext(KeysContext);
  useHotkeys(group.shortcuts.flatMap(hotkeysOf));
  useEffect(() => {
    registry?.set(id, group);
    return () => void registry?.delete(id);
  }, [registry, id, group]);
}

/** On some keyboards a sign needs the shift key, on others not. */
function hotkeysOf({ key, run }: Shortcut): [string, () => void][] {
  const isSign = /^[^\p{L}\p{N}]$/u.test(key);
  return isSign
    ? [
        [key, run],
        [`shift+${key}`, run],
      ]
    : [[key, run]];
}

/** Reads which keys work at this moment. */
export function useKnownKeys(): () => KeyGroup[] {
  const registry = useContext(KeysContext);
  return () => [...(registry?.values() ?? [])];
}
