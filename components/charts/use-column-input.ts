"use client";
import type { KeyboardEvent, MouseEvent, PointerEvent } from "react";
import type { BarColumn } from "./bar-column.ts";
import { type PlotArea, placeAt } from "./plot-area.ts";

interface ColumnInput {
  readonly area: PlotArea;
  readonly columns: readonly BarColumn[];
  readonly lit: string | null;
  readonly onLight: ((key: string | null) => void) | undefined;
  readonly onOpen: ((key: string) => void) | undefined;
}

/** What pointer and keys do on a chart: they light a column, and open the one that they point at, hovered before or not. */
export function useColumnInput({ area, columns, lit, onLight, onOpen }: ColumnInput) {
  const keyAt = ({ clientX, currentTarget }: MouseEvent<HTMLElement>): string | null => {
    const x = clientX - currentTarget.getBoundingClientRect().left;
    const place = placeAt(area, x, columns.length);
    return place === null ? null : (columns[place]?.key ?? null);
  };
  const step = (by: number) => {
    const index = columns.findIndex(({ key }) => key === lit);
    const from = index >= 0 ? index : by > 0 ? -1 : columns.length;
    onLight?.(columns[Math.min(columns.length - 1, Math.max(0, from + by))]?.key ?? null);
  };
  return {
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (event.pointerType !== "mouse") return;
      const key = keyAt(event);
      if (key !== lit) onLight?.(key);
    },
    onPointerLeave: () => onLight?.(null),
    onClick: (event: MouseEvent<HTMLElement>) => {
      const key = keyAt(event);
      if (key !== null) onOpen?.(key);
    },
    onBlur: () => onLight?.(null),
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      const act = KEYS[event.key];
      if (!act || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      act({ step, open: () => lit !== null && onOpen?.(lit), last: columns.length });
    },
  };
}

interface Acts {
  readonly step: (by: number) => void;
  readonly open: () => void;
  readonly last: number;
}

const KEYS: Readonly<Record<string, (acts: Acts) => void>> = {
  ArrowLeft: ({ step }) => step(-1),
  ArrowRight: ({ step }) => step(1),
  Home: ({ step, last }) => step(-last),
  End: ({ step, last }) => step(last),
  Enter: ({ open }) => open(),
  " ": ({ open }) => open(),
};
