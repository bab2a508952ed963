import type { Move } from "../contracts/api/orders.ts";
import type { BusinessTime } from "../contracts/business-time.ts";
import { dateOfHour } from "../contracts/business-time.ts";
import type { OrderEvent } from "../contracts/events.ts";
import { formatFen } from "../contracts/money.ts";
import type { AcceptedDisposition } from "../contracts/streams.ts";
import type { OrderVerdict, PlacedOrder, ReplacedOrder } from "../pipeline/orders-day.ts";
import type { EngineState } from "./engine-state.ts";
import type { GroupOutput } from "./group-output.ts";

/** Accepted later than this after the hour's end, an order revises the hour, ms. */
const LATE_AFTER_MS = 60_000;

/** Applies one order to its day and notes what it changed. The day must have been admitted. */
export function applyOrder(
  state: EngineState,
  time: BusinessTime,
  event: OrderEvent,
  seq: bigint,
  acceptedAt: number,
  output: GroupOutput,
): AcceptedDisposition {
  const bizHour = time.hourOf(event.gmtModified);
  const date = dateOfHour(bizHour);
  const day = state.day(date);
  const verdict = day.apply({ event, seq, bizHour });
  // A buyer who comes back in time empties an old hour too, but that is no lateness.
  const isLate = bizHour < time.hourOf(acceptedAt - LATE_AFTER_MS);
  for (const hour of touchedHours(verdict)) {
    output.touchHour(date, hour);
    if (isLate) day.markRevised(hour);
  }
  if (verdict.gross) output.dirty.addGrossOrder({ bizDate: date, ...verdict.gross.order });
  if (verdict.winner) {
    output.dirty.addLastOrder({ bizDate: date, event, seq });
    const { order, before } = verdict.winner;
    output.addMove(() => moveOf(order, before, isLate));
  }
  return verdict.disposition;
}

function touchedHours({ winner, gross }: OrderVerdict): string[] {
  const hours: string[] = [];
  if (winner) hours.push(winner.order.bizHour);
  if (winner?.before) hours.push(winner.before.bizHour);
  if (gross) hours.push(gross.order.bizHour);
  if (gross?.before) hours.push(gross.before.bizHour);
  return hours;
}

function moveOf(order: PlacedOrder, before: ReplacedOrder | null, isLate: boolean): Move {
  const { event } = order;
  return {
    key: String(order.seq),
    kind: moveKind(order, before, isLate),
    at: new Date(event.gmtModified).toISOString(),
    userId: event.userId,
    orderNo: event.orderNo,
    bizHour: order.bizHour,
    payable: event.payable === null ? null : formatFen(event.payable),
    before: before && {
      orderNo: before.event.orderNo,
      bizHour: before.bizHour,
      payable: before.event.payable === null ? null : formatFen(before.event.payable),
    },
  };
}

function moveKind(order: PlacedOrder, before: ReplacedOrder | null, isLate: boolean): Move["kind"] {
  if (!before) return isLate ? "late" : "new";
  return before.bizHour === order.bizHour ? "amended" : "moved";
}
