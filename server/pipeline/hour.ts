import { dateOfHour } from "../contracts/business-time.ts";
import type { HourAggregate } from "../contracts/committed.ts";
import { NO_AMOUNT } from "./user-table.ts";

/** Running sums of one business hour (rules O4, O7); its distinct counts are kept for the whole day together. */
export class Hour {
  readonly bizHour: string;
  /** Something accepted more than a minute after the hour's end changed it. */
  revisedByLate = false;
  #premium = 0n;
  #winners = 0;
  #grossPremium = 0n;
  #grossOrders = 0;

  constructor(bizHour: string) {
    this.bizHour = bizHour;
  }

  join(amount: bigint): void {
    this.#winners += 1;
    if (amount !== NO_AMOUNT) this.#premium += amount;
  }

  leave(amount: bigint): void {
    this.#winners -= 1;
    if (amount !== NO_AMOUNT) this.#premium -= amount;
  }

  joinGross(amount: bigint): void {
    this.#grossOrders += 1;
    if (amount !== NO_AMOUNT) this.#grossPremium += amount;
  }

  leaveGross(amount: bigint): void {
    this.#grossOrders -= 1;
    if (amount !== NO_AMOUNT) this.#grossPremium -= amount;
  }

  figures(policyCnt: number, policyHolderCnt: number): HourAggregate {
    return {
      bizHour: this.bizHour,
      bizDate: dateOfHour(this.bizHour),
      totalPremium: this.#premium,
      policyCnt,
      policyHolderCnt,
      winnerCnt: this.#winners,
      grossPremium: this.#grossPremium,
      grossOrderCnt: this.#grossOrders,
      revisedByLate: this.revisedByLate,
    };
  }
}
