"use client";
import { useMemo } from "react";
import type { Comparison, Hourly } from "#server/contracts/api/orders.ts";
import { ProblemError } from "../ui/fetch-json.ts";
import { useCalm } from "../ui/use-calm.ts";
import type { Address } from "./address.ts";
import { type HourRow, prepareHours } from "./prepare-hours.ts";
import type { BusinessClock } from "./use-business-clock.ts";
import { useComparison } from "./use-comparison.ts";
import { useHourly } from "./use-hourly.ts";

/** Repaints of bars, hours and words: often enough to look alive, rarely enough to read, ms. The totals follow each patch. */
const REPAINT_MS = 250;
const WHOLE_DAY = 1440;

/** What the board shows at the rhythm of the eye. */
export interface Board {
  readonly hourly: Hourly | undefined;
  /** undefined while it is being read. */
  readonly compared: Comparison | undefined;
  readonly rows: readonly HourRow[] | undefined;
  /** Tries again, when the figures could not be read. */
  readonly failed: (() => void) | null;
}

/** The day's figures, as they come and at the rhythm of the eye, and those that they are compared with. */
export function useBoard(asked: Address, clock: BusinessClock) {
  const { address, fresh } = useShownDay(asked);
  const { date, compared: comparedWith } = address;
  const calm = useCalm(fresh.data, REPAINT_MS);
  const isSame = calm?.date === date && calm.revision === fresh.data?.revision;
  const hourly = isSame ? calm : fresh.data;
  const minute = date === clock.today ? clock.minuteOfDay : WHOLE_DAY;
  const compared = useComparison(date, comparedWith, minute).data;
  const rows = useMemo(
    () => hourly && prepareHours(date, hourly.hours, compared, clock.openHour),
    [date, hourly, compared, clock.openHour],
  );
  const { data: newest, isError, refetch } = fresh;
  const failed = !hourly && isError;
  const board = useMemo(
    (): Board => ({ hourly, compared, rows, failed: failed ? () => void refetch() : null }),
    [hourly, compared, rows, failed, refetch],
  );
  return { address, newest, board };
}

/** A revision that the day does not have is told, and the newest shown. */
function useShownDay(asked: Address) {
  const { date, revision } = asked;
  const named = useHourly(date, revision);
  const isUnknown = named.error instanceof ProblemError && named.error.status === 404;
  const newest = useHourly(date, isUnknown ? null : revision);
  const address = useMemo((): Address => {
    if (!isUnknown || revision === null) return asked;
    const told = { part: "revision", given: String(revision), why: "noRevision" } as const;
    return { ...asked, revision: null, mended: [...asked.mended, told] };
  }, [asked, isUnknown, revision]);
  return { address, fresh: isUnknown ? newest : named };
}
