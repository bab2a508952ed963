import type { TimeSpan } from "./stream.ts";

/** Span of these event times, ms. */
export function timeSpanOf(times: Iterable<number>): TimeSpan {
  let earliest = Number.POSITIVE_INFINITY;
  let latest = Number.NEGATIVE_INFINITY;
  for (const time of times) {
    if (time < earliest) earliest = time;
    if (time > latest) latest = time;
  }
  return { earliest, latest };
}
