"use client";
import { Line, LineChart, ReferenceArea, ReferenceDot, ReferenceLine, Tooltip, XAxis, YAxis } from "recharts";

export interface StepPoint {
  /** ms */
  readonly at: number;
  readonly value: number;
}

export interface StepChartProps {
  readonly points: readonly StepPoint[];
  /** Values below it call for action; null: no such zone. */
  readonly zone: { readonly below: number; readonly label: string } | null;
  readonly formatTime: (at: number) => string;
  readonly formatValue: (value: number) => string;
  /** Short, for the axis: "12K". */
  readonly formatAxis: (value: number) => string;
  readonly label: string;
}

const HEIGHT = 124;
/** Half a date on each side, so that the outer labels are whole. */
const MARGIN = { top: 12, right: 40, bottom: 0, left: 0 };
const AXIS_WIDTH = 56;
const TICKS = 4;

/** Moments evenly over the time shown, the first and the last among them. */
function ticksOf(points: readonly StepPoint[]): number[] {
  const [from, to] = [points[0]?.at ?? 0, points.at(-1)?.at ?? 0];
  const ticks = Array.from({ length: TICKS }, (_, n) => Math.round(from + ((to - from) * n) / (TICKS - 1)));
  return [...new Set(ticks)];
}

/** An amount that holds until the next one: steps, from zero, with the zone that calls for action. */
export function StepChart({ points, zone, formatTime, formatValue, formatAxis, label }: StepChartProps) {
  const last = points.at(-1);
  return (
    <LineChart
      responsive
      style={{ width: "100%", height: HEIGHT }}
      data={[...points]}
      margin={MARGIN}
      accessibilityLayer
      title={label}
    >
      <XAxis
        dataKey="at"
        type="number"
        scale="time"
        domain={["dataMin", "dataMax"]}
        tickFormatter={formatTime}
        tick={{ fill: "var(--tw-muted)", fontSize: 12 }}
        axisLine={{ stroke: "var(--tw-line)" }}
        tickLine={false}
        ticks={ticksOf(points)}
        interval={0}
      />
      <YAxis
        domain={[0, "auto"]}
        width={AXIS_WIDTH}
        tickCount={4}
        tickFormatter={formatAxis}
        tick={{ fill: "var(--tw-muted)", fontSize: 12 }}
        axisLine={false}
        tickLine={false}
      />
      {zone ? (
        <ReferenceArea
          y1={0}
          y2={zone.below}
          fill="var(--tw-red-tint)"
          fillOpacity={1}
          label={{ value: zone.label, position: "insideTopLeft", fill: "var(--tw-red)", fontSize: 12 }}
        />
      ) : null}
      {last ? <ReferenceLine y={last.value} stroke="var(--tw-line)" strokeDasharray="3 3" /> : null}
      <Tooltip
        isAnimationActive={false}
        labelFormatter={(at) => formatTime(Number(at))}
        formatter={(value) => [formatValue(Number(value)), label]}
        contentStyle={{ background: "var(--tw-panel)", border: "1px solid var(--tw-line)", borderRadius: 8 }}
      />
      <Line
        type="stepAfter"
        dataKey="value"
        stroke="var(--tw-accent)"
        strokeWidth={2}
        dot={false}
        isAnimationActive={false}
      />
      {last && zone && last.value < zone.below ? (
        <ReferenceDot x={last.at} y={last.value} r={4} fill="var(--tw-red)" stroke="none" />
      ) : null}
    </LineChart>
  );
}
