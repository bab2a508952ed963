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
