import { dateOfHour } from "../contracts/business-time.ts";
import type { HourAggregate } from "../contracts/committed.ts";
import type { OrderEvent } from "../contracts/events.ts";
import { assert } from "../lib/assert.ts";

/**
 * Running figures of one business hour (rule O4). Distinct counts keep how often each value occurs, so a winner
 * that leaves takes away only what nobody else brings.
 */
export class Hour {
  readonly bizHour: string;
  /** Something accepted more than a minute after the hour's end changed it. */
  revisedByLate = false;
  #premium = 0n;
  #winners = 0;
  readonly #orderNos = new Map<string, number>();
  readonly #telephones = new Map<string, number>();
  #grossPremium = 0n;
  #grossOrders = 0;

  constructor(bizHour: string) {
    this.bizHour = bizHour;
  }

  join(order: OrderEvent): void {
    this.#winners += 1;
    this.#premium += order.payable ?? 0n;
    increment(this.#orderNos, order.orderNo);
    if (order.customerTel !== null) increment(this.#telephones, order.customerTel);
  }

  leave(order: OrderEvent): void {
    this.#winners -= 1;
    this.#premium -= order.payable ?? 0n;
    decrement(this.#orderNos, order.orderNo);
    if (order.customerTel !== null) decrement(this.#telephones, order.customerTel);
  }

  joinGross(payable: bigint | null): void {
    this.#grossOrders += 1;
    this.#grossPremium += payable ?? 0n;
  }

  leaveGross(payable: bigint | null): void {
    this.#grossOrders -= 1;
    this.#grossPremium -= payable ?? 0n;
  }

  figures(): HourAggregate {
    return {
      bizHour: this.bizHour,
      bizDate: dateOfHour(this.bizHour),
      totalPremium: this.#premium,
      policyCnt: this.#orderNos.size,
      policyHolderCnt: this.#telephones.size,
      winnerCnt: this.#winners,
      grossPremium: this.#grossPremium,
      grossOrderCnt: this.#grossOrders,
      revisedByLate: this.revisedByLate,
    };
  }
}

function increment(counts: Map<string, number>, value: string): void {
  counts.set(value, (counts.get(value) ?? 0) + 1);
}

function decrement(counts: Map<string, number>, value: string): void {
  const count = counts.get(value);
  assert(count !== undefined, "a retraction takes away only what was counted");
  if (count === 1) counts.delete(value);
  else counts.set(value, count - 1);
}
