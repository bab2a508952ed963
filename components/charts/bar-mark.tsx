import type { BarColumn } from "./bar-column.ts";
import styles from "./hour-bars.module.css";

export interface BarMarkProps {
  readonly column: BarColumn & { readonly top: number | null };
  /** Where the greatest of the column's values lies, px. */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** Id of the hatch pattern. */
  readonly hatch: string;
  readonly note: string | undefined;
  /** Value above which the note stands. */
  readonly noteAbove: number;
  readonly align: "start" | "middle" | "end";
}

/** Share of the place that the front bar takes; the pale one behind takes all of it. */
const FRONT = 0.62;
const TRIANGLE = 4;

/** One column: pale bar, solid bar, dashed outline, mark and words. */
export function BarMark({ column, box, hatch, note, noteAbove, align }: BarMarkProps) {
  const top = column.top ?? 0;
  const base = box.y + box.height;
  const middle = box.x + box.width / 2;
  const heightOf = (value: number | null) =>
    value === null || value <= 0 || top <= 0 ? 0 : (value / top) * box.height;
  const width = box.width * FRONT;
  const front = { x: middle - width / 2, width };
  const frontTop = base - Math.max(heightOf(column.solid), heightOf(column.outline));
  return (
    <g>
      <Rect
        className={styles.ghost}
        x={box.x}
        width={box.width}
        base={base}
        height={heightOf(column.ghost)}
      />
      <Rect
        className={column.isPartial ? undefined : styles.solid}
        fill={column.isPartial ? `url(#${hatch})` : undefined}
        {...front}
        base={base}
        height={heightOf(column.solid)}
      />
      {column.solid === null ? (
        <Rect className={styles.alone} {...front} base={base} height={heightOf(column.outline)} />
      ) : (
        <Crown {...front} from={base - heightOf(column.solid)} to={base - heightOf(column.outline)} />
      )}
      {column.isMarked ? <path className={styles.mark} d={triangle(middle, frontTop - TRIANGLE)} /> : null}
      {column.isPartial && note ? (
        <text
          className={styles.note}
          x={edgeOf(align, box)}
          y={base - heightOf(noteAbove) - 10}
          textAnchor={align}
        >
          {note}
        </text>
      ) : null}
    </g>
  );
}

interface RectProps {
  readonly className: string | undefined;
  readonly fill?: string | undefined;
  readonly x: number;
  readonly width: number;
  readonly base: number;
  readonly height: number;
}

function Rect({ className, fill, x, width, base, height }: RectProps) {
  if (height <= 0) return null;
  return (
    <rect className={className} fill={fill} x={x} y={base - height} width={width} height={height} rx={2} />
  );
}

/** What the outline has beyond the solid bar. */
function Crown(props: {
  readonly x: number;
  readonly width: number;
  readonly from: number;
  readonly to: number;
}) {
  const { x, width, from, to } = props;
  if (to >= from) return null;
  return <path className={styles.outline} d={`M${x + 0.5},${from}V${to}h${width - 1}V${from}`} />;
}

const triangle = (x: number, y: number) =>
  `M${x - TRIANGLE - 1},${y}h${2 * TRIANGLE + 2}l${-TRIANGLE - 1},${-2 * TRIANGLE}z`;

function edgeOf(align: BarMarkProps["align"], { x, width }: BarMarkProps["box"]): number {
  if (align === "start") return x;
  return align === "end" ? x + width : x + width / 2;
}
