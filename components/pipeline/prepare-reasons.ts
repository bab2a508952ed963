import type { DeadLetterReasons } from "../../server/contracts/api/dead-letters.ts";
import { STREAMS, type StreamName } from "../../server/contracts/streams.ts";

/** How many lines were refused, to choose from; a choice of one narrows the counts of the other. */
export interface ReasonCounts {
  readonly total: number;
  readonly byStream: readonly { readonly stream: StreamName; readonly count: number }[];
  /** Most first. */
  readonly byCode: readonly { readonly code: string; readonly count: number }[];
}

/** Counts by stream and, within the chosen stream (empty: all), by code. */
export function prepareReasons({ items }: DeadLetterReasons, stream: string): ReasonCounts {
  const byCode = new Map<string, number>();
  for (const item of items) {
    if (stream !== "" && item.stream !== stream) continue;
    byCode.set(item.code, (byCode.get(item.code) ?? 0) + item.count);
  }
  const sum = (chosen: readonly { count: number }[]) => chosen.reduce((total, { count }) => total + count, 0);
  return {
    total: sum(items),
    byStream: STREAMS.map((name) => ({
      stream: name,
      count: sum(items.filter((item) => item.stream === name)),
    })),
    byCode: [...byCode].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count),
  };
}
