"use client";
import { memo, useId } from "react";
import { Bar, BarChart, type BarShapeProps, CartesianGrid, Tooltip, XAxis, YAxis } from "recharts";
import type { BarColumn } from "./bar-column.ts";
import { BarMark } from "./bar-mark.tsx";
import styles from "./hour-bars.module.css";

export interface HourBarsProps {
  readonly columns: readonly BarColumn[];
  /** What is drawn, for those who cannot see it. */
  readonly label: string;
  readonly formatTick: (value: number) => string;
  /** Words above the running bar. */
  readonly partialLabel?: string;
  /** Small: few ticks, no tooltip, nothing to click. */
  readonly isSmall?: boolean;
  readonly onOpen?: (key: string) => void;
  readonly renderTooltip?: (key: string) => React.ReactNode;
}

interface Datum extends BarColumn {
  /** Greatest of the three: what the axis has to hold. */
  readonly top: number | null;
}

const AXIS_WIDTH = 56;
/** Half the width of the words over the running bar, px. */
const NOTE_REACH = 36;
const MARGIN = { top: 24, right: 8, bottom: 0, left: 0 };
const SMALL_MARGIN = { top: 8, right: 8, bottom: 0, left: 0 };

/** Bars from zero on an axis of hours: pale behind, solid in front, dashed around; missing is a gap. */
export const HourBars = memo(function HourBars(props: HourBarsProps) {
  const { columns, label, formatTick, partialLabel, isSmall = false, onOpen, renderTooltip } = props;
  const hatch = useId();
  const data = columns.map((column): Datum => ({ ...column, top: topOf(column) }));
  const keyAt = (index: unknown) => columns[Number(index)]?.key;
  return (
    <figure className={styles.plot} aria-label={label}>
      <BarChart
        responsive
        className={(onOpen && styles.clickable) ?? ""}
        style={{ width: "100%", height: "100%" }}
        data={data}
        margin={isSmall ? SMALL_MARGIN : MARGIN}
        barCategoryGap="10%"
        accessibilityLayer={!isSmall}
        onClick={({ activeTooltipIndex }) => {
          const key = keyAt(activeTooltipIndex);
          if (key !== undefined) onOpen?.(key);
        }}
      >
        <defs>
          <pattern
            id={hatch}
            width="6"
            height="6"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width="3.5" height="6" className={styles.stripe} />
          </pattern>
        </defs>
        <CartesianGrid vertical={false} stroke="var(--tw-line)" />
        <XAxis
          dataKey="label"
          interval={isSmall ? 2 : 0}
          minTickGap={0}
          tickLine={false}
          axisLine={false}
          height={24}
          tick={({ x, y, payload, index }) => (
            <text
              x={x}
              y={y}
              dy={12}
              className={styles.hour}
              data-open={columns[index]?.isPartial || undefined}
              data-minor={index % 3 > 0 || undefined}
            >
              {payload.value}
            </text>
          )}
        />
        <YAxis
          width={AXIS_WIDTH}
          tickLine={false}
          axisLine={false}
          domain={[0, "auto"]}
          tickCount={isSmall ? 2 : 5}
          tick={({ x, y, payload }) => (
            <text x={x} y={y} dy={4} className={styles.value}>
              {formatTick(Number(payload.value))}
            </text>
          )}
        />
        {renderTooltip ? (
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: "var(--tw-ghost)", opacity: 0.4 }}
            content={({ active, activeIndex }) => {
              const key = active ? keyAt(activeIndex) : undefined;
              return key === undefined ? null : <div className={styles.tooltip}>{renderTooltip(key)}</div>;
            }}
          />
        ) : null}
        <Bar
          dataKey="top"
          isAnimationActive={false}
          activeBar={false}
          shape={(shape: BarShapeProps) => (
            <BarMark
              column={shape.payload as Datum}
              box={shape}
              hatch={hatch}
              note={isSmall ? undefined : partialLabel}
              noteAbove={highestAround(data, shape.index, Math.ceil(NOTE_REACH / shape.width))}
              align={alignAt(shape.index, columns.length)}
            />
          )}
        />
      </BarChart>
    </figure>
  );
});

function topOf({ solid, outline, ghost }: BarColumn): number | null {
  const values = [solid, outline, ghost].filter((value) => value !== null);
  return values.length === 0 ? null : Math.max(0, ...values);
}

/** Words over a bar stay clear of its neighbours. */
function highestAround(data: readonly Datum[], index: number, reach: number): number {
  const around = data.slice(Math.max(0, index - reach), index + reach + 1);
  return Math.max(0, ...around.map((datum) => datum.top ?? 0));
}

/** Words at the edges of the chart stay inside. */
function alignAt(index: number, count: number): "start" | "middle" | "end" {
  if (index < 2) return "start";
  return index >= count - 2 ? "end" : "middle";
}
