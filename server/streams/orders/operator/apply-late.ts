import type { BusinessTime } from "#server/contracts/business-time.ts";
import type { HourAggregate } from "#server/contracts/committed.ts";
import type { OrderEvent } from "#server/contracts/events.ts";
import { NO_MEASURES } from "#server/contracts/hour-measures.ts";
import { columnsOf } from "#server/contracts/order-columns-builder.ts";
import { DayBatch, IS_GROSS, NO_HOUR, WON } from "./day-batch.ts";
import type { OrdersDay } from "./orders-day.ts";
import { WinnerChanges } from "./winner-changes.ts";

/** An accepted order and its number in the stream. */
export interface NumberedOrder {
  readonly event: OrderEvent;
  readonly seq: bigint;
}

/** What late orders make of a closed day (rule O6). */
export interface LateOutcome {
  /** Hours that they touched, before and after, in order; an hour may come out as it was. */
  readonly hours: readonly { readonly before: HourAggregate; readonly after: HourAggregate }[];
  readonly winners: readonly NumberedOrder[];
  readonly gross: readonly OrderEvent[];
  /** What moved the hours (rule O8). */
  readonly causes: WinnerChanges;
}

/** Applies late orders to their day as if it were open; the day is changed. */
export function applyLate(day: OrdersDay, late: readonly NumberedOrder[], time: BusinessTime): LateOutcome {
  const before = new Map(day.hours().map((hour) => [hour.bizHour, hour]));
  const batch = new DayBatch(columnsOf(late.map(({ event }) => event)));
  late.forEach(({ event }, index) => {
    batch.add(index, day.hourNumber(time.hourOf(event.gmtModified)));
  });
  day.apply(batch);
  const causes = new WinnerChanges();
  causes.note(day, batch, (index) => Number(late[index]?.seq));
  const touched = new Set<number>();
  const winners = new Map<string, NumberedOrder>();
  const gross = new Map<string, OrderEvent>();
  late.forEach((order, place) => {
    const outcome = batch.outcomes[place] as number;
    if (outcome & WON) winners.set(order.event.userId, order);
    if (outcome & IS_GROSS) gross.set(order.event.orderNo, order.event);
    if (!(outcome & (WON | IS_GROSS))) return;
    const hours = [batch.hours, batch.beforeHours, batch.beforeGrossHours].map(
      (each) => each[place] as number,
    );
    for (const hour of hours) if (hour !== NO_HOUR) touched.add(hour);
  });
  const hours = [...touched].map((hour) => {
    day.markRevised(hour);
    const bizHour = day.bizHour(hour);
    return { before: before.get(bizHour) ?? emptyHour(bizHour, day.date), after: day.figuresOf(hour) };
  });
  hours.sort((a, b) => (a.after.bizHour < b.after.bizHour ? -1 : 1));
  return { hours, winners: [...winners.values()], gross: [...gross.values()], causes };
}

const emptyHour = (bizHour: string, bizDate: string): HourAggregate => ({
  bizHour,
  bizDate,
  ...NO_MEASURES,
  revisedByLate: false,
});
