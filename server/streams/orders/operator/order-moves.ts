import type { Move } from "#server/contracts/api/orders.ts";
import { bigIntOf } from "#server/contracts/int64.ts";
import { formatFen } from "#server/contracts/money.ts";
import { NO_AMOUNT_HIGH } from "#server/contracts/order-columns.ts";
import { type DayBatch, NO_HOUR, WON } from "./day-batch.ts";
import type { OrderSource } from "./order-refs.ts";
import type { OrdersDay } from "./orders-day.ts";

/** A commit lists at most this many moves; the rest is counted. */
const MAX_MOVES = 50;

/** What moved on the board; of a large group most moves are never told, so only the newest are put into words. */
export class OrderMoves {
  count = 0;
  /** Newest last. */
  readonly #moves: Move[] = [];

  /** Notes the winners of a batch of a day, in the order of the batch. */
  note(day: OrdersDay, part: DayBatch, source: OrderSource): void {
    const told: Move[] = [];
    for (let place = part.count - 1; place >= 0; place--) {
      if (!((part.outcomes[place] as number) & WON)) continue;
      this.count += 1;
      if (told.length < MAX_MOVES) told.push(moveOf(day, part, place, source));
    }
    this.#moves.push(...told.reverse());
    this.#moves.splice(0, Math.max(0, this.#moves.length - MAX_MOVES));
  }

  told(): Move[] {
    return this.#moves;
  }
}

function moveOf(day: OrdersDay, part: DayBatch, place: number, { orders, firstSeq }: OrderSource): Move {
  const index = part.indexes[place] as number;
  const event = orders.at(index);
  const bizHour = day.bizHour(part.hours[place] as number);
  const before = replacedBy(day, part, place);
  return {
    key: String(firstSeq + BigInt(index)),
    kind: kindOf(bizHour, before, part.lateInGrace[place] === 1),
    at: new Date(event.gmtModified).toISOString(),
    userId: event.userId,
    orderNo: event.orderNo,
    bizHour,
    payable: event.payable === null ? null : formatFen(event.payable),
    before,
  };
}

function kindOf(bizHour: string, before: Move["before"], isLateInGrace: boolean): Move["kind"] {
  if (!before) return isLateInGrace ? "late" : "new";
  return before.bizHour === bizHour ? "amended" : "moved";
}

function replacedBy(day: OrdersDay, part: DayBatch, place: number): Move["before"] {
  const hour = part.beforeHours[place] as number;
  if (hour === NO_HOUR) return null;
  const [low, high] = [part.beforeAmounts[place * 2] as number, part.beforeAmounts[place * 2 + 1] as number];
  return {
    orderNo: day.orderNos.textOf(part.beforeOrderNos[place] as number),
    bizHour: day.bizHour(hour),
    payable: high === NO_AMOUNT_HIGH ? null : formatFen(bigIntOf(low, high)),
  };
}
