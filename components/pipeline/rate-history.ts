import type { PipelineStatus } from "#server/contracts/api/pipeline.ts";

/** Points of a sparkline. */
const KEPT = 60;

/** Rates by stream, oldest first. */
export type RateHistory = Readonly<Record<string, readonly number[]>>;

/** Adds the newest rate of each stream; drops the oldest. */
export function remember(before: RateHistory, status: Pick<PipelineStatus, "streams">): RateHistory {
  return Object.fromEntries(
    status.streams.map(({ stream, ratePerSecond }) => [
      stream,
      [...(before[stream] ?? []), ratePerSecond].slice(-KEPT),
    ]),
  );
}
