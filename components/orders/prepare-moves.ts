import type { Move } from "#server/contracts/api/orders.ts";

/** How long "what moved" is. */
export const SHOWN_MOVES = 12;

/** Newest first, each once: a snapshot and a patch may both tell of it. */
export function mergeMoves(newer: readonly Move[], older: readonly Move[]): Move[] {
  const seen = new Set<string>();
  const merged: Move[] = [];
  for (const move of [...newer, ...older]) {
    if (merged.length === SHOWN_MOVES) break;
    if (seen.has(move.key)) continue;
    seen.add(move.key);
    merged.push(move);
  }
  return merged;
}

/** Enough of an id to tell two apart at a glance: "100204471" is "·4471". */
export const shortUser = (userId: string): string => (userId.length <= 5 ? userId : `·${userId.slice(-4)}`);

/** "P20261122-9920" is "P…9920". */
export const shortOrder = (orderNo: string): string =>
  orderNo.length <= 8 ? orderNo : `${orderNo.slice(0, 1)}…${orderNo.slice(-4)}`;
