"use client";
import { createContext, type ReactNode, useCallback, useContext, useState } from "react";
import { onDemand } from "../ui/on-demand.tsx";

const CommandPalette = onDemand(() =>
  import("./command-palette.tsx").then((module) => module.CommandPalette),
);

const PaletteContext = createContext<() => void>(() => undefined);

/** Opens the command palette, whose code comes when it is first opened. */
export const useOpenPalette = (): (() => void) => useContext(PaletteContext);

export function PaletteProvider({ children }: { readonly children: ReactNode }) {
  const [asked, setAsked] = useState(0);
  const open = useCallback(() => setAsked((count) => count + 1), []);
  return (
    <PaletteContext value={open}>
      {children}
      {asked > 0 ? <CommandPalette asked={asked} /> : null}
    </PaletteContext>
  );
}
