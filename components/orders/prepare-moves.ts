import type { Move } from "#server/contracts/api/orders.ts";
import { formatFen, parseFen } from "#server/contracts/money.ts";
import { plainText } from "../ui/plain-text.ts";

/** How many moves are kept, folded or not. */
export const KEPT_MOVES = 200;

/** Newest first, each once: a snapshot and a patch may both tell of it. */
export function mergeMoves(newer: readonly Move[], older: readonly Move[]): Move[] {
  const seen = new Set<string>();
  const merged: Move[] = [];
  for (const move of [...newer, ...older]) {
    if (merged.length === KEPT_MOVES) break;
    if (seen.has(move.key)) continue;
    seen.add(move.key);
    merged.push(move);
  }
  return merged;
}

/** A line of "What moved": one move, or ordinary orders that came one after the other. */
export type MoveLine =
  | { readonly kind: "move"; readonly move: Move }
  | {
      readonly kind: "orders";
      /** The newest of them. */
      readonly at: string;
      readonly count: number;
      /** Decimal text. */
      readonly amount: string;
      /** There were more than are known: the server lists the newest of a moment. */
      readonly isMore: boolean;
    };

/** Folds ordinary orders, so that what moved stands out. @param cuts keys of moves before which some are not listed */
export function foldMoves(moves: readonly Move[], cuts: ReadonlySet<string>): MoveLine[] {
  const lines: MoveLine[] = [];
  for (const move of moves) {
    const isCut = cuts.has(move.key);
    const last = lines.at(-1);
    if (move.kind !== "new") lines.push({ kind: "move", move });
    else if (last?.kind === "orders") lines[lines.length - 1] = joined(last, move, isCut);
    else lines.push({ kind: "orders", at: move.at, count: 1, amount: move.payable ?? "0.00", isMore: isCut });
  }
  return lines;
}

type Orders = Extract<MoveLine, { kind: "orders" }>;

const joined = (orders: Orders, move: Move, isCut: boolean): Orders => ({
  ...orders,
  count: orders.count + 1,
  amount: formatFen((parseFen(orders.amount) ?? 0n) + (parseFen(move.payable ?? "0") ?? 0n)),
  isMore: orders.isMore || isCut,
});

/** What a move did to the day's premium, decimal text with its sign. */
export const netOf = ({ payable, before }: Move): string =>
  formatFen((parseFen(payable ?? "0") ?? 0n) - (parseFen(before?.payable ?? "0") ?? 0n));

/** Enough of an id to tell two apart at a glance: "100204471" is "·4471". */
export const shortUser = (userId: string): string => (userId.length <= 5 ? userId : `·${userId.slice(-4)}`);

/** "P20261122-9920" is "P…9920". */
export const shortOrder = (orderNo: string): string =>
  plainText(orderNo.length <= 8 ? orderNo : `${orderNo.slice(0, 1)}…${orderNo.slice(-4)}`);
