import { type Committed, type HourAggregate, nothingCommitted } from "../contracts/committed.ts";
import { eachMeasure, HOUR_MEASURES, type MeasureValues } from "../contracts/hour-measures.ts";

/** What a commit changed, as text: whole numbers beyond 2^53 are strings. Its position stands beside it. */
export function feedMessage({ position: _, ...told }: Committed): string {
  return JSON.stringify(told, (_key, value) => (typeof value === "bigint" ? String(value) : value));
}

type Told = Omit<Committed, "position" | "hours" | "caseIds"> & {
  readonly hours: readonly (Omit<HourAggregate, keyof MeasureValues> & Record<string, string | number>)[];
  readonly caseIds: readonly string[];
};

/** The same, read back. Parts that another build did not know yet are as if nothing of them had changed. */
export function committedOf(position: number, message: string): Committed {
  const told = JSON.parse(message) as Partial<Told>;
  const { hours = [], caseIds = [], ...rest } = told;
  return {
    ...nothingCommitted(position),
    ...rest,
    hours: hours.map((hour) => ({ ...hour, ...measuresOf(hour) })),
    caseIds: caseIds.map(BigInt),
  };
}

const measuresOf = (hour: Record<string, unknown>): MeasureValues =>
  eachMeasure((name) =>
    HOUR_MEASURES[name].kind === "money" ? BigInt(String(hour[name])) : Number(hour[name]),
  ) as unknown as MeasureValues;
