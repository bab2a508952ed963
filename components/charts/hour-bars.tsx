"use client";
import { memo, useId, useMemo } from "react";
import type { BarColumn } from "./bar-column.ts";
import { BarMark, topOf } from "./bar-mark.tsx";
import styles from "./hour-bars.module.css";
import { type PlotArea, placeWords, plotArea, stepsOf } from "./plot-area.ts";
import { prepareScale, type Scale } from "./prepare-scale.ts";
import { useColumnInput } from "./use-column-input.ts";
import { useSize } from "./use-size.ts";

export interface HourBarsProps {
  readonly columns: readonly BarColumn[];
  /** What is drawn, for those who cannot see it. */
  readonly label: string;
  readonly formatTick: (value: number) => string;
  /** Words beside the running bar. */
  readonly partialLabel?: string;
  /** Small: few lines, no words but a value. */
  readonly isSmall?: boolean;
  /** Whether the hours stand under the bars. */
  readonly hasHours?: boolean;
  /** The column that is lit, in all charts of one axis the same. */
  readonly lit?: string | null;
  /** What the lit column says, for those who cannot see it. */
  readonly litWords?: string;
  readonly onLight?: (key: string | null) => void;
  /** A click, a tap, Enter: what it points at is opened. */
  readonly onOpen?: (key: string) => void;
}

const TICKS = 5;
const ROOM = { above: 24, below: 24 } as const;
const SMALL_ROOM = { above: 6, below: 6 } as const;

/** Bars by the hour on a line of zero, and over them the steps of what is compared; missing is a gap. */
export const HourBars = memo(function HourBars(props: HourBarsProps) {
  const { columns, label, isSmall = false, hasHours = true, lit = null, litWords } = props;
  const [frame, size] = useSize<HTMLDivElement>();
  const scale = useMemo(() => prepareScale(columns, isSmall ? 1 : TICKS), [columns, isSmall]);
  const room = isSmall ? { ...SMALL_ROOM, below: hasHours ? ROOM.below : SMALL_ROOM.below } : ROOM;
  const area = plotArea({ ...size, ...room }, columns.length, scale);
  const input = useColumnInput({ area, columns, lit, onLight: props.onLight, onOpen: props.onOpen });
  const index = columns.findIndex(({ key }) => key === lit);
  return (
    <div
      ref={frame}
      className={styles.plot}
      data-clickable={props.onOpen ? "" : undefined}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={columns.length - 1}
      aria-valuenow={Math.max(0, index)}
      aria-valuetext={litWords ?? columns[Math.max(0, index)]?.label ?? ""}
      {...input}
    >
      {size.width > 0 ? (
        <svg
          width={size.width}
          height={size.height}
          viewBox={`0 0 ${size.width} ${size.height}`}
          aria-hidden="true"
        >
          <Lit area={area} index={index} />
          <Lines area={area} scale={scale} formatTick={props.formatTick} />
          <Bars area={area} columns={columns} />
          {hasHours ? <Hours area={area} columns={columns} lit={lit} /> : null}
          {props.partialLabel ? <Note area={area} columns={columns} words={props.partialLabel} /> : null}
        </svg>
      ) : null}
    </div>
  );
});

interface DrawnProps {
  readonly area: PlotArea;
  readonly columns: readonly BarColumn[];
}

function Bars({ area, columns }: DrawnProps) {
  const hatch = useId();
  const steps = stepsOf(
    area,
    columns.map(({ compared }) => compared),
  );
  return (
    <>
      <defs>
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="3.5" height="6" className={styles.stripe} />
        </pattern>
      </defs>
      {columns.map((column, index) => (
        <BarMark key={column.key} area={area} column={column} index={index} hatch={hatch} />
      ))}
      <path className={styles.casing} d={steps} />
      <path className={styles.compared} d={steps} />
    </>
  );
}

/** The lit column, through the whole height of its chart. */
function Lit({ area, index }: { readonly area: PlotArea; readonly index: number }) {
  if (index < 0) return null;
  const x = area.left + index * area.place;
  return <rect className={styles.lit} x={x} width={area.place} y={0} height="100%" />;
}

interface LinesProps {
  readonly area: PlotArea;
  readonly scale: Scale;
  readonly formatTick: (value: number) => string;
}

/** Room between the axis and its words, px. */
const TICK_GAP = 8;

function Lines({ area, scale, formatTick }: LinesProps) {
  const { bottom, top, step } = scale;
  const count = Math.round((top - bottom) / step);
  return Array.from({ length: count + 1 }, (_, index) => {
    const value = bottom + index * step;
    const y = area.yOf(value);
    const isZero = Math.abs(value) < step / 2;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a line is the nth of its axis
      <g key={index}>
        <line
          className={styles.line}
          data-zero={isZero || undefined}
          x1={area.left}
          x2={area.left + area.width}
          y1={y}
          y2={y}
        />
        <text x={area.left - TICK_GAP} y={y} dy={4} className={styles.value}>
          {formatTick(isZero ? 0 : value)}
        </text>
      </g>
    );
  });
}

function Hours({ area, columns, lit }: DrawnProps & { readonly lit: string | null }) {
  return columns.map(({ key, label, isPartial }, index) => (
    <text
      key={key}
      x={area.left + (index + 0.5) * area.place}
      y={area.top + area.height}
      dy={17}
      className={styles.hour}
      data-open={isPartial || key === lit || undefined}
      data-minor={index % 3 > 0 || undefined}
    >
      {label}
    </text>
  ));
}

/** Width that the words take at most, px. */
const NOTE_WIDTH = 96;
/** Clear of a mark too, px. */
const NOTE_GAP = 16;

/** Words over the running bar, as near to it as they cover no other. */
function Note({ area, columns, words }: DrawnProps & { readonly words: string }) {
  const index = columns.findIndex(({ isPartial }) => isPartial);
  if (index < 0) return null;
  const tops = columns.map((column) => topOf(area, column));
  const { anchor, y } = placeWords(area, tops, index, NOTE_WIDTH);
  return (
    <text
      className={styles.note}
      x={area.left + (index + 0.5) * area.place}
      y={Math.max(12, y - NOTE_GAP)}
      data-anchor={anchor}
    >
      {words}
    </text>
  );
}
