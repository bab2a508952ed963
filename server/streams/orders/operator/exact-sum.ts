import { bigIntOf, numberOf } from "#server/contracts/int64.ts";

/** A sum of 64-bit amounts without a BigInt for each: a double as long as it is exact, a BigInt for the rest. */
export class ExactSum {
  #near = 0;
  #far = 0n;

  get value(): bigint {
    return this.#far + BigInt(this.#near);
  }

  add(low: number, high: number): void {
    const amount = numberOf(low, high);
    if (Number.isSafeInteger(amount)) this.#addSafe(amount);
    else this.#far += bigIntOf(low, high);
  }

  subtract(low: number, high: number): void {
    const amount = numberOf(low, high);
    if (Number.isSafeInteger(amount)) this.#addSafe(-amount);
    else this.#far -= bigIntOf(low, high);
  }

  #addSafe(amount: number): void {
    const sum = this.#near + amount;
    if (Number.isSafeInteger(sum)) {
      this.#near = sum;
    } else {
      this.#far += BigInt(this.#near);
      this.#near = amount;
    }
  }
}
