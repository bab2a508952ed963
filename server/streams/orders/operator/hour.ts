import { dateOfHour } from "#server/contracts/business-time.ts";
import type { HourAggregate } from "#server/contracts/committed.ts";
import { NO_AMOUNT_HIGH } from "#server/contracts/order-columns.ts";
import { ExactSum } from "./exact-sum.ts";

/**
 * Running sums of one business hour (rules O4, O7); its distinct counts are kept for the whole day together. Amounts are
 * 64-bit pairs; one that is null counts 0.
 */
export class Hour {
  readonly bizHour: string;
  /** Something accepted more than a minute after the hour's end changed it. */
  revisedByLate = false;
  readonly #premium = new ExactSum();
  #winners = 0;
  readonly #grossPremium = new ExactSum();
  #grossOrders = 0;

  constructor(bizHour: string) {
    this.bizHour = bizHour;
  }

  join(low: number, high: number): void {
    this.#winners += 1;
    if (high !== NO_AMOUNT_HIGH) this.#premium.add(low, high);
  }

  leave(low: number, high: number): void {
    this.#winners -= 1;
    if (high !== NO_AMOUNT_HIGH) this.#premium.subtract(low, high);
  }

  joinGross(low: number, high: number): void {
    this.#grossOrders += 1;
    if (high !== NO_AMOUNT_HIGH) this.#grossPremium.add(low, high);
  }

  leaveGross(low: number, high: number): void {
    this.#grossOrders -= 1;
    if (high !== NO_AMOUNT_HIGH) this.#grossPremium.subtract(low, high);
  }

  figures(policyCount: number, policyHolderCount: number): HourAggregate {
    return {
      bizHour: this.bizHour,
      bizDate: dateOfHour(this.bizHour),
      totalPremium: this.#premium.value,
      policyCount,
      policyHolderCount,
      winnerCount: this.#winners,
      grossPremium: this.#grossPremium.value,
      grossOrderCount: this.#grossOrders,
      revisedByLate: this.revisedByLate,
    };
  }
}
