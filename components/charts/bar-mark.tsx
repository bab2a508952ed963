import styles from "./hour-bars.module.css";
import { topOf } from "./prepare-scale.ts";
import { useShown } from "./shown-columns.tsx";

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface BarMarkProps {
  /** The column's part of the plot, px: as high as the axis. */
  readonly box: Box;
  readonly index: number;
  /** Id of the hatch pattern. */
  readonly hatch: string;
  readonly isSmall: boolean;
}

/** Share of the width that the front bar takes; the pale one behind takes all of it. */
const FRONT = 0.62;
const TRIANGLE = 4;
/** Half the width of the words over the running bar, px. */
const NOTE_REACH = 36;
/** Clear of a mark too, px. */
const NOTE_GAP = 18;

/** One column: pale bar, solid bar, dashed outline, mark and words. */
export function BarMark({ box, index, hatch, isSmall }: BarMarkProps) {
  const { columns, top, partialLabel } = useShown();
  const column = columns[index];
  if (!column) return null;
  const base = box.y + box.height;
  const middle = box.x + box.width / 2;
  const heightOf = (value: number | null) => (Math.max(0, value ?? 0) / top) * box.height;
  const width = box.width * FRONT;
  const front = { x: middle - width / 2, width };
  const [solid, outline] = [heightOf(column.solid), heightOf(column.outline)];
  const reach = Math.ceil(NOTE_REACH / box.width);
  const around = columns.slice(Math.max(0, index - reach), index + reach + 1);
  return (
    <g>
      <Rect
        className={styles.ghost}
        x={box.x}
        width={box.width}
        base={base}
        height={heightOf(column.ghost)}
      />
      {column.isPartial ? (
        <Rect fill={`url(#${hatch})`} {...front} base={base} height={solid} />
      ) : (
        <Rect className={styles.solid} {...front} base={base} height={solid} />
      )}
      {column.solid === null ? (
        <Rect className={styles.alone} {...front} base={base} height={outline} />
      ) : (
        <Crown {...front} from={base - solid} to={base - outline} />
      )}
      {column.isMarked ? (
        <path className={styles.mark} d={triangle(middle, base - Math.max(solid, outline) - TRIANGLE)} />
      ) : null}
      {column.isPartial && !isSmall ? (
        <text
          className={styles.note}
          x={middle}
          y={base - heightOf(Math.max(...around.map(topOf))) - NOTE_GAP}
          data-edge={edgeAt(index, columns.length)}
        >
          {partialLabel}
        </text>
      ) : null}
    </g>
  );
}

interface RectProps {
  readonly className?: string | undefined;
  readonly fill?: string;
  readonly x: number;
  readonly width: number;
  readonly base: number;
  readonly height: number;
}

function Rect({ base, height, ...rest }: RectProps) {
  return height <= 0 ? null : <rect {...rest} y={base - height} height={height} rx={2} />;
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

/** Words at the edges of the chart stay inside. */
function edgeAt(index: number, count: number): "start" | "end" | undefined {
  if (index < 2) return "start";
  return index >= count - 2 ? "end" : undefined;
}
