import type { StoredPage } from "../streams/page-views/page-state.ts";
import { OrderChanges } from "../streams/orders/order-changes.ts";

/**
 * State that is committed in the log and not yet in the state tables. It enters after its commit, never before, so nothing
 * uncommitted can reach a table.
 */
export class Dirty {
  /** By business date. */
  readonly orders = new Map<string, OrderChanges>();
  readonly pages = new Map<string, StoredPage>();
  /** Commit position that it leads to; 0: none. */
  position = 0;

  get size(): number {
    let size = this.pages.size;
    for (const changes of this.orders.values()) size += changes.length;
    return size;
  }

  ordersOf(date: string): OrderChanges {
    let changes = this.orders.get(date);
    if (!changes) {
      changes = new OrderChanges();
      this.orders.set(date, changes);
    }
    return changes;
  }

  addPage(key: string, row: StoredPage): void {
    this.pages.set(key, row);
  }

  /** Takes over what is newer. */
  absorb(newer: Dirty): void {
    for (const [date, changes] of newer.orders) this.ordersOf(date).absorb(changes);
    for (const [key, row] of newer.pages) this.pages.set(key, row);
    this.position = Math.max(this.position, newer.position);
  }
}
