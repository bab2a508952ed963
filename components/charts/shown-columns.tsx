"use client";
import { createContext, type ReactNode, useContext } from "react";
import type { BarColumn } from "./bar-column.ts";
import styles from "./hour-bars.module.css";

/** What the places of a chart show now. */
export interface Shown {
  readonly columns: readonly BarColumn[];
  /** Greatest value of the axis. */
  readonly top: number;
  readonly partialLabel: string | undefined;
  readonly renderTooltip: ((key: string) => ReactNode) | undefined;
}

const Context = createContext<Shown>({
  columns: [],
  top: 1,
  partialLabel: undefined,
  renderTooltip: undefined,
});

export const ShownColumns = Context;
export const useShown = (): Shown => useContext(Context);

interface HourTickProps {
  readonly x: number | string;
  readonly y: number | string;
  /** Of the column that it stands under. */
  readonly label: string;
}

/** An hour under the axis; the running one stands out. */
export function HourTick({ x, y, label }: HourTickProps) {
  const { columns } = useShown();
  const index = columns.findIndex((column) => column.label === label);
  return (
    <text
      x={x}
      y={y}
      dy={12}
      className={styles.hour}
      data-open={columns[index]?.isPartial || undefined}
      data-minor={index % 3 > 0 || undefined}
    >
      {label}
    </text>
  );
}

/** Stays where it is while its figures move. */
export function HourTooltip({ index }: { readonly index: number }) {
  const { columns, renderTooltip } = useShown();
  const key = columns[index]?.key;
  if (key === undefined || !renderTooltip) return null;
  return <div className={styles.tooltip}>{renderTooltip(key)}</div>;
}
