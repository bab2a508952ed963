import type { WriteBehindBuffer } from "#server/streams/write-behind.ts";
import { OrderChanges } from "./order-changes.ts";

/** Changed orders whose state rows wait to be written. */
export class OrderBuffer implements WriteBehindBuffer<OrderBuffer> {
  readonly #byDate = new Map<string, OrderChanges>();

  get size(): number {
    let size = 0;
    for (const changes of this.#byDate.values()) size += changes.length;
    return size;
  }

  /** Business dates with changes, and the changes. */
  get days(): Iterable<[string, OrderChanges]> {
    return this.#byDate;
  }

  has(date: string): boolean {
    return this.#byDate.has(date);
  }

  of(date: string): OrderChanges {
    let changes = this.#byDate.get(date);
    if (!changes) {
      changes = new OrderChanges();
      this.#byDate.set(date, changes);
    }
    return changes;
  }

  merge(newer: OrderBuffer): void {
    for (const [date, changes] of newer.#byDate) this.of(date).merge(changes);
  }
}
