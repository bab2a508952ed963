/** Counts over the last ten seconds, in one-second buckets. */
const SECONDS = 10;

export class Rate {
  readonly #buckets = new Array<number>(SECONDS).fill(0);
  #second = 0;

  /** `now` in ms. */
  add(count: number, now: number): void {
    this.#advance(now);
    const index = this.#second % SECONDS;
    this.#buckets[index] = (this.#buckets[index] ?? 0) + count;
  }

  /** Per second. */
  at(now: number): number {
    this.#advance(now);
    return this.#buckets.reduce((sum, count) => sum + count, 0) / SECONDS;
  }

  #advance(now: number): void {
    const second = Math.floor(now / 1000);
    if (second <= this.#second) return;
    const passed = Math.min(SECONDS, second - this.#second);
    for (let step = 0; step < passed; step++) this.#buckets[(second - step) % SECONDS] = 0;
    this.#second = second;
  }
}
