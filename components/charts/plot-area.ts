import type { Scale } from "./prepare-scale.ts";

/** Where a chart's bars stand, px. */
export interface PlotArea {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Width of one column's place. */
  readonly place: number;
  readonly yOf: (value: number) => number;
}

const AXIS_WIDTH = 56;
const RIGHT = 8;

export interface PlotSize {
  readonly width: number;
  readonly height: number;
  /** Room above and below the bars. */
  readonly above: number;
  readonly below: number;
}

export function plotArea(size: PlotSize, columns: number, scale: Scale): PlotArea {
  const width = Math.max(0, size.width - AXIS_WIDTH - RIGHT);
  const height = Math.max(0, size.height - size.above - size.below);
  const { bottom, top } = scale;
  return {
    left: AXIS_WIDTH,
    top: size.above,
    width,
    height,
    place: width / Math.max(1, columns),
    yOf: (value) => size.above + height * ((top - value) / (top - bottom)),
  };
}

/** The place under a point; null beside the bars. */
export function placeAt(area: PlotArea, x: number, count: number): number | null {
  const place = Math.floor((x - area.left) / area.place);
  return place >= 0 && place < count ? place : null;
}

/** How words stand to their point, and which part of their width is then before it. */
const ANCHORS = { middle: 0.5, start: 0, end: 1 } as const;
export type Anchor = keyof typeof ANCHORS;

/**
 * Where words of that width stand over the nth bar: inside the chart, and as low as they cover no other bar.
 * @param tops upper end of each bar, px
 * @returns y of the highest bar under them, px
 */
export function placeWords(
  area: PlotArea,
  tops: readonly number[],
  index: number,
  width: number,
): { readonly anchor: Anchor; readonly y: number } {
  const x = (index + 0.5) * area.place;
  const places = (Object.keys(ANCHORS) as Anchor[]).flatMap((anchor) => {
    const from = x - ANCHORS[anchor] * width;
    if (from < 0 || from + width > area.width) return [];
    const covered = tops.slice(Math.floor(from / area.place), Math.floor((from + width) / area.place) + 1);
    return [{ anchor, y: Math.min(...covered) }];
  });
  const middle = { anchor: "middle" as Anchor, y: tops[index] ?? 0 };
  return places.reduce((best, next) => (next.y > best.y ? next : best), places[0] ?? middle);
}

/** The line of what is compared: a step over each place, down to zero where a value is missing. */
export function stepsOf(area: PlotArea, values: readonly (number | null)[]): string {
  const zero = area.yOf(0);
  const parts: string[] = [];
  values.forEach((value, index) => {
    if (value === null) return;
    const x = round(area.left + index * area.place);
    const isFirst = index === 0 || values[index - 1] === null;
    const isLast = index === values.length - 1 || values[index + 1] === null;
    parts.push(`${isFirst ? `M${x},${round(zero)}` : ""}V${round(area.yOf(value))}H${round(x + area.place)}`);
    if (isLast) parts.push(`V${round(zero)}`);
  });
  return parts.join("");
}

const round = (px: number) => Math.round(px * 100) / 100;
