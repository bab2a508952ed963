import type { BarColumn } from "./bar-column.ts";
import styles from "./hour-bars.module.css";
import type { PlotArea } from "./plot-area.ts";
import { valuesOf } from "./prepare-scale.ts";

interface BarMarkProps {
  readonly area: PlotArea;
  readonly column: BarColumn;
  readonly index: number;
  /** Id of the hatch pattern. */
  readonly hatch: string;
}

/** Share of the place that the bar takes. */
const FRONT = 0.58;
const TRIANGLE = 4;

/** One column: solid bar, dashed outline, mark. From zero up, or down for what is below it. */
export function BarMark({ area, column, index, hatch }: BarMarkProps) {
  const { solid, outline, isPartial } = column;
  const width = area.place * FRONT;
  const x = area.left + (index + 0.5) * area.place - width / 2;
  const bar = { area, x, width };
  return (
    <g>
      {solid === null ? null : (
        <Bar
          {...bar}
          from={0}
          to={solid}
          {...(isPartial ? { fill: `url(#${hatch})` } : { className: styles.solid })}
        />
      )}
      {outline === null ? null : solid === null ? (
        <Bar
          {...bar}
          from={0}
          to={outline}
          className={styles.alone}
          {...(isPartial ? { fill: `url(#${hatch})` } : {})}
        />
      ) : outline === solid ? null : (
        <Bar {...bar} from={solid} to={outline} className={styles.outline} />
      )}
      {column.isMarked ? (
        <path className={styles.mark} d={triangle(x + width / 2, topOf(area, column) - TRIANGLE)} />
      ) : null}
    </g>
  );
}

interface BarProps {
  readonly area: PlotArea;
  readonly x: number;
  readonly width: number;
  readonly from: number;
  readonly to: number;
  readonly className?: string | undefined;
  readonly fill?: string;
}

function Bar({ area, x, width, from, to, ...look }: BarProps) {
  const [a, b] = [area.yOf(from), area.yOf(to)];
  return <rect {...look} x={x} width={width} y={Math.min(a, b)} height={Math.abs(a - b)} rx={2} />;
}

/** The highest point of a column, px. */
export const topOf = (area: PlotArea, column: BarColumn): number =>
  area.yOf(Math.max(0, ...valuesOf(column)));

const triangle = (x: number, y: number) =>
  `M${x - TRIANGLE - 1},${y}h${2 * TRIANGLE + 2}l${-TRIANGLE - 1},${-2 * TRIANGLE}z`;
