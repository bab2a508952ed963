import type { BusinessTime } from "../contracts/business-time.ts";
import type { HourAggregate } from "../contracts/committed.ts";
import type { OrderEvent } from "../contracts/events.ts";
import type { GrossOrder, OrdersDay, PlacedOrder } from "./orders-day.ts";

/** What late orders make of a closed day (rule O6). */
export interface LateOutcome {
  /** Hours that they touched, before and after, in order; an hour may come out as it was. */
  readonly hours: readonly { readonly before: HourAggregate; readonly after: HourAggregate }[];
  readonly winners: readonly PlacedOrder[];
  readonly gross: readonly GrossOrder[];
}

/** Applies late orders to their day as if it were open; the day is changed. */
export function applyLate(
  day: OrdersDay,
  late: readonly { readonly event: OrderEvent; readonly seq: bigint }[],
  time: BusinessTime,
): LateOutcome {
  const before = new Map(day.hours().map((hour) => [hour.bizHour, hour]));
  const touched = new Set<string>();
  const winners = new Map<string, PlacedOrder>();
  const gross = new Map<string, GrossOrder>();
  for (const { event, seq } of late) {
    const verdict = day.apply({ event, seq, bizHour: time.hourOf(event.gmtModified) });
    for (const change of [verdict.winner, verdict.gross]) {
      if (!change) continue;
      touched.add(change.order.bizHour);
      if (change.before) touched.add(change.before.bizHour);
    }
    if (verdict.winner) winners.set(event.userId, verdict.winner.order);
    if (verdict.gross) gross.set(event.orderNo, verdict.gross.order);
  }
  const hours = [...touched].sort().map((bizHour) => {
    day.markRevised(bizHour);
    return { before: before.get(bizHour) ?? emptyHour(bizHour, day.date), after: day.figuresOf(bizHour) };
  });
  return { hours, winners: [...winners.values()], gross: [...gross.values()] };
}

function emptyHour(bizHour: string, bizDate: string): HourAggregate {
  return {
    bizHour,
    bizDate,
    totalPremium: 0n,
    policyCnt: 0,
    policyHolderCnt: 0,
    winnerCnt: 0,
    grossPremium: 0n,
    grossOrderCnt: 0,
    revisedByLate: false,
  };
}
