"use client";
import { createContext, type ReactNode, useContext } from "react";
import { usePlotArea } from "recharts";
import type { BarColumn } from "./bar-column.ts";
import styles from "./hour-bars.module.css";

/** What the places of a chart show now. */
export interface Shown {
  readonly columns: readonly BarColumn[];
  /** Greatest value of the axis, and the distance of its lines. */
  readonly top: number;
  readonly step: number;
  readonly formatTick: (value: number) => string;
  readonly partialLabel: string | undefined;
  readonly renderTooltip: ((key: string) => ReactNode) | undefined;
}

const Context = createContext<Shown>({
  columns: [],
  top: 1,
  step: 1,
  formatTick: String,
  partialLabel: undefined,
  renderTooltip: undefined,
});

export const ShownColumns = Context;
export const useShown = (): Shown => useContext(Context);

/** Room between the axis and its words, px. */
const TICK_GAP = 8;

/** The lines of the axis with their values: drawn anew when the scale changes, while the chart's layout stands. */
export function ScaleLines() {
  const plot = usePlotArea();
  const { top, step, formatTick } = useShown();
  if (!plot) return null;
  const values = Array.from({ length: Math.round(top / step) + 1 }, (_, index) => index * step);
  return values.map((value) => {
    const y = plot.y + plot.height * (1 - value / top);
    return (
      <g key={value}>
        <line className={styles.line} x1={plot.x} x2={plot.x + plot.width} y1={y} y2={y} />
        <text x={plot.x - TICK_GAP} y={y} dy={4} className={styles.value}>
          {formatTick(value)}
        </text>
      </g>
    );
  });
}

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
