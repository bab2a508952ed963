import { formatFen, parseFen } from "./money.ts";

/** One stored figure of a business hour. */
interface Measure {
  /** Column of hour_figure and of day_revision_hour. */
  readonly column: string;
  /** Money is fen in a bigint inside and decimal text outside; a count is a number. */
  readonly kind: "money" | "count";
  /** Views of the board whose CSV, and whose table unless it says otherwise, have it; none: it is not shown. */
  readonly views: readonly ("last" | "gross" | "both")[];
  /** Whether the board's table has a column for it. */
  readonly isInTable: boolean;
}

const ALWAYS = ["last", "gross", "both"] as const;

/**
 * The figures of a business hour (rules O4, O7), in the order in which tables show them. Columns, types, answers, sums, the CSV
 * and the nightly verification follow this table; the operator computes them (server/streams/orders/operator/hour.ts).
 */
export const HOUR_MEASURES = {
  totalPremium: { column: "total_premium", kind: "money", views: ["last", "both"], isInTable: true },
  grossPremium: { column: "gross_premium", kind: "money", views: ["gross", "both"], isInTable: true },
  policyCount: { column: "policy_cnt", kind: "count", views: ALWAYS, isInTable: true },
  policyHolderCount: { column: "policy_holder_cnt", kind: "count", views: ALWAYS, isInTable: true },
  grossOrderCount: { column: "gross_order_cnt", kind: "count", views: ["gross", "both"], isInTable: false },
  /** Winners in the hour; 0: the last-order row is gone (rule O5). */
  winnerCount: { column: "winner_cnt", kind: "count", views: [], isInTable: false },
} as const satisfies Record<string, Measure>;

type Table = typeof HOUR_MEASURES;
export type HourMeasure = keyof Table;
/** Those that people are shown. */
export type ShownMeasure = {
  [M in HourMeasure]: Table[M]["views"] extends readonly [] ? never : M;
}[HourMeasure];
export type TableMeasure = {
  [M in HourMeasure]: Table[M]["isInTable"] extends true ? M : never;
}[HourMeasure];
export type CountMeasure = { [M in HourMeasure]: Table[M]["kind"] extends "count" ? M : never }[HourMeasure];

/** A value for each figure: inside, and as answers carry it. */
export type MeasureValues = {
  readonly [M in HourMeasure]: Table[M]["kind"] extends "money" ? bigint : number;
};
export type ShownValues = {
  readonly [M in ShownMeasure]: Table[M]["kind"] extends "money" ? string : number;
};

export const ALL_MEASURES = Object.keys(HOUR_MEASURES) as HourMeasure[];
export const SHOWN_MEASURES = ALL_MEASURES.filter(
  (name): name is ShownMeasure => HOUR_MEASURES[name].views.length > 0,
);

export const TABLE_MEASURES = ALL_MEASURES.filter(
  (name): name is TableMeasure => HOUR_MEASURES[name].isInTable,
);

/** Whether a view of the board has the figure. */
export const isInView = (name: HourMeasure, view: "last" | "gross" | "both"): boolean =>
  (HOUR_MEASURES[name].views as Measure["views"]).includes(view);

/** A value for each figure, made one by one. */
export function eachMeasure<V>(makeValue: (name: HourMeasure) => V): Record<HourMeasure, V> {
  return Object.fromEntries(ALL_MEASURES.map((name) => [name, makeValue(name)])) as Record<HourMeasure, V>;
}

/** Nothing of anything. */
export const NO_MEASURES = eachMeasure((name) =>
  HOUR_MEASURES[name].kind === "money" ? 0n : 0,
) as unknown as MeasureValues;

/** Sums, exact; of no values NO_MEASURES. */
export function sumMeasures(all: Iterable<MeasureValues>): MeasureValues {
  const sums = { ...NO_MEASURES } as Record<HourMeasure, bigint | number>;
  for (const values of all) {
    for (const name of ALL_MEASURES) sums[name] = add(sums[name], values[name]);
  }
  return sums as unknown as MeasureValues;
}

const add = (a: bigint | number, b: bigint | number): bigint | number =>
  typeof a === "bigint" ? a + BigInt(b) : a + Number(b);

/** The mean of each figure over `count` values with these sums, rounded half away from zero: money to the fen, counts to whole ones. */
export const meanMeasures = (sums: MeasureValues, count: number): MeasureValues =>
  eachMeasure((name) => {
    const mean = divideRounded(BigInt(sums[name]), BigInt(count));
    return HOUR_MEASURES[name].kind === "money" ? mean : Number(mean);
  }) as unknown as MeasureValues;

/** Half goes away from zero. @param divisor above zero */
function divideRounded(value: bigint, divisor: bigint): bigint {
  const size = value < 0n ? -value : value;
  const rounded = (size * 2n + divisor) / (divisor * 2n);
  return value < 0n ? -rounded : rounded;
}

/** Figures as answers carry them. */
export const shownValues = (values: MeasureValues): ShownValues =>
  Object.fromEntries(SHOWN_MEASURES.map((name) => [name, textOf(values[name])])) as unknown as ShownValues;

const textOf = (value: bigint | number): string | number =>
  typeof value === "bigint" ? formatFen(value) : value;

/** Sums of figures that answers carry; money stays exact. */
export function sumShown(all: readonly ShownValues[]): ShownValues {
  const sum = (name: ShownMeasure): string | number =>
    HOUR_MEASURES[name].kind === "money"
      ? formatFen(all.reduce((total, values) => total + (parseFen(String(values[name])) ?? 0n), 0n))
      : all.reduce((total, values) => total + Number(values[name]), 0);
  return Object.fromEntries(SHOWN_MEASURES.map((name) => [name, sum(name)])) as unknown as ShownValues;
}
