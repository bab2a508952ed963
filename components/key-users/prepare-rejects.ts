import type { ImportResult } from "#server/contracts/api/key-users.ts";

type Reject = ImportResult["rejected"][number];

/** Refused lines of one reason. */
export interface RejectGroup {
  readonly code: string;
  readonly field: string | null;
  readonly count: number;
  /** Lines in ascending order, neighbours joined: "3, 311–325". */
  readonly ranges: string;
}

/** Longer lists of lines end in an ellipsis. */
const MAX_RANGES = 6;

/** Refused lines by reason, the most frequent first. */
export function groupRejects(rejected: readonly Reject[]): RejectGroup[] {
  const groups = Map.groupBy(rejected, ({ code, field }) => `${code} ${field ?? ""}`);
  return [...groups.values()]
    .map((group) => ({
      code: group[0]?.code ?? "",
      field: group[0]?.field ?? null,
      count: group.length,
      ranges: rangesOf(group.map(({ line }) => line)),
    }))
    .sort((a, b) => b.count - a.count);
}

function rangesOf(lines: readonly number[]): string {
  const ranges: [from: number, to: number][] = [];
  for (const line of lines.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && line <= last[1] + 1) last[1] = line;
    else ranges.push([line, line]);
  }
  const words = ranges.slice(0, MAX_RANGES).map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  return words.join(", ") + (ranges.length > MAX_RANGES ? " …" : "");
}
