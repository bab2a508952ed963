"use client";
import { memo, type ReactNode, useId, useMemo } from "react";
import { Bar, BarChart, type BarShapeProps, Tooltip, XAxis, YAxis } from "recharts";
import type { BarColumn } from "./bar-column.ts";
import { BarMark } from "./bar-mark.tsx";
import styles from "./hour-bars.module.css";
import { prepareScale } from "./prepare-scale.ts";
import { HourTick, HourTooltip, ScaleLines, ShownColumns } from "./shown-columns.tsx";

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
  readonly renderTooltip?: (key: string) => ReactNode;
}

const AXIS_WIDTH = 56;
const MARGIN = { top: 24, right: 8, bottom: 0, left: 0 };
const SMALL_MARGIN = { top: 8, right: 8, bottom: 0, left: 0 };
const TICKS = 5;

/**
 * Bars from zero on an axis of hours: pale behind, solid in front, dashed around; missing is a gap. Recharts lays out one
 * place an hour, each as high as the axis, which is work; what changes while orders come, the bars in the places and the
 * lines of the scale, is drawn without it.
 */
export const HourBars = memo(function HourBars(props: HourBarsProps) {
  const { columns, label, isSmall = false, formatTick, partialLabel, renderTooltip } = props;
  const scale = prepareScale(columns, isSmall ? 1 : TICKS);
  const shown = useMemo(
    () => ({ columns, top: scale.top, step: scale.step, formatTick, partialLabel, renderTooltip }),
    [columns, scale.top, scale.step, formatTick, partialLabel, renderTooltip],
  );
  return (
    <figure className={styles.plot} aria-label={label}>
      <ShownColumns value={shown}>
        <Frame
          keys={columns.map((column) => column.key).join(" ")}
          labels={columns.map((column) => column.label).join(" ")}
          isSmall={isSmall}
          onOpen={props.onOpen}
        />
      </ShownColumns>
    </figure>
  );
});

interface FrameProps {
  /** Separated by blanks: a text compares by what it says. */
  readonly keys: string;
  readonly labels: string;
  readonly isSmall: boolean;
  readonly onOpen: ((key: string) => void) | undefined;
}

/** The axis of hours and the places: laid out anew only when the size changes. */
const Frame = memo(function Frame({ keys, labels, isSmall, onOpen }: FrameProps) {
  const hatch = useId();
  const places = keys.split(" ");
  const data = labels.split(" ").map((label) => ({ label, whole: 1 }));
  return (
    <BarChart
      responsive
      className={(onOpen && styles.clickable) ?? ""}
      style={{ width: "100%", height: "100%" }}
      data={data}
      margin={isSmall ? SMALL_MARGIN : MARGIN}
      barCategoryGap="10%"
      accessibilityLayer={!isSmall}
      onClick={({ activeTooltipIndex }) => {
        const key = places[Number(activeTooltipIndex)];
        if (key !== undefined) onOpen?.(key);
      }}
    >
      <defs>
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="3.5" height="6" className={styles.stripe} />
        </pattern>
      </defs>
      <ScaleLines />
      <XAxis
        dataKey="label"
        interval={isSmall ? 2 : 0}
        minTickGap={0}
        tickLine={false}
        axisLine={false}
        height={24}
        tick={({ x, y, payload }) => <HourTick x={x} y={y} label={String(payload.value)} />}
      />
      <YAxis width={AXIS_WIDTH} tick={false} tickLine={false} axisLine={false} domain={[0, 1]} />
      {isSmall ? null : (
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: "var(--tw-ghost)", opacity: 0.4 }}
          content={({ active, activeIndex }) => (active ? <HourTooltip index={Number(activeIndex)} /> : null)}
        />
      )}
      <Bar
        dataKey="whole"
        isAnimationActive={false}
        activeBar={false}
        shape={({ x, y, width, height, index }: BarShapeProps) => (
          <BarMark box={{ x, y, width, height }} index={index} hatch={hatch} isSmall={isSmall} />
        )}
      />
    </BarChart>
  );
});
