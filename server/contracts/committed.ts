import type { Move } from "./api/orders.ts";
import type { MeasureValues } from "./hour-measures.ts";
import type { StreamName } from "./streams.ts";

/** Figures of one business hour as committed; money in fen. */
export interface HourAggregate extends MeasureValues {
  readonly bizHour: string;
  readonly bizDate: string;
  readonly revisedByLate: boolean;
}

/** A business date that stands closed, and at which revision. */
export interface ClosedDay {
  readonly date: string;
  readonly revision: number;
}

/**
 * What one committed transaction changed, as far as screens care: from the writer and from people's commands alike.
 * Positions are those of the database, so they order all commits of all processes.
 */
export interface Committed {
  readonly position: number;
  /** Changed hours in their newest state. */
  readonly hours: readonly HourAggregate[];
  /** Newest last; the writer keeps at most the last 50 of a commit. */
  readonly moves: readonly Move[];
  /** All moves of the commit, listed or not. */
  readonly moveCount: number;
  /** Greatest accepted event time of orders, ms. */
  readonly ordersWatermark: number | null;
  /** Business dates that it closed or revised (rule O6). */
  readonly days: readonly ClosedDay[];
  readonly caseIds: readonly bigint[];
  /** null: too many to list. */
  readonly keyUserIds: readonly string[] | null;
  /** All data are gone: what is held in memory beside the database goes too. */
  readonly wiped?: true;
  /** Customers went from one segment into another: who has a scope reads anew what they see. */
  readonly movesScopes?: boolean;
  /** Events received, by stream: what the rates are made of. */
  readonly received: Readonly<Partial<Record<StreamName, number>>>;
}

export const nothingCommitted = (position: number): Committed => ({
  position,
  hours: [],
  moves: [],
  moveCount: 0,
  ordersWatermark: null,
  days: [],
  caseIds: [],
  keyUserIds: [],
  received: {},
});
