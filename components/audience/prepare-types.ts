import type { AudienceNow } from "#server/contracts/api/audience.ts";
import { keepPlaces } from "./keep-places.ts";

/** One bar: a page type, and how it moved. */
export interface TypeBar {
  readonly pageType: string | null;
  readonly accounts: number;
  /** Length of the bar, 0 … 1 of the longest. */
  readonly share: number;
  /** Accounts minute by minute, oldest first, now last. */
  readonly series: readonly number[];
  /** Now against the oldest minute known; null: nothing to compare with yet. */
  readonly change: number | null;
}

type Counts = AudienceNow["byType"];

/**
 * Bars in an order that stays: what was shown keeps its place, newcomers come behind, the greatest first. A type that
 * nobody is on any more stays with 0 as long as the last hour knows it.
 */
export function prepareTypes(
  now: Pick<AudienceNow, "byType" | "movement">,
  shown: readonly string[],
): TypeBar[] {
  const known = new Map<string, string | null>();
  for (const { byType } of [{ byType: now.byType }, ...now.movement]) {
    for (const { pageType } of byType) known.set(typeKey(pageType), pageType);
  }
  const count = countsByKey(now.byType);
  const minutes = now.movement.map(({ byType }) => countsByKey(byType));
  const longest = Math.max(1, ...count.values());
  const bars = [...known].map(([key, pageType]) => {
    const accounts = count.get(key) ?? 0;
    const series = [...minutes.map((minute) => minute.get(key) ?? 0), accounts];
    const [first] = series;
    const change = minutes.length > 1 && first !== undefined ? accounts - first : null;
    return { pageType, accounts, share: accounts / longest, series, change };
  });
  return keepPlaces(bars, (bar) => typeKey(bar.pageType), shown);
}

/** Distinguishes a missing type from one that is spelt the same. */
export const typeKey = (pageType: string | null): string => (pageType === null ? "" : `=${pageType}`);

function countsByKey(counts: Counts): Map<string, number> {
  return new Map(counts.map(({ pageType, accounts }) => [typeKey(pageType), accounts]));
}
