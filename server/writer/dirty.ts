import type { GrossOrderRow, LastOrderRow } from "../store/order-state.ts";
import type { StoredPage } from "../store/page-state.ts";

/**
 * State rows that are committed in the log and not yet in the state tables: the newest of each key. Rows enter after
 * their commit, never before, so nothing uncommitted can reach a table.
 */
export class Dirty {
  readonly lastOrders = new Map<string, LastOrderRow>();
  readonly grossOrders = new Map<string, GrossOrderRow>();
  readonly pages = new Map<string, StoredPage>();
  /** Commit position that the rows lead to; 0: none. */
  position = 0;

  get size(): number {
    return this.lastOrders.size + this.grossOrders.size + this.pages.size;
  }

  addLastOrder(row: LastOrderRow): void {
    this.lastOrders.set(`${row.bizDate} ${row.event.userId}`, row);
  }

  addGrossOrder(row: GrossOrderRow): void {
    this.grossOrders.set(`${row.bizDate} ${row.orderNo}`, row);
  }

  addPage(key: string, row: StoredPage): void {
    this.pages.set(key, row);
  }

  /** Takes over what is newer. */
  absorb(newer: Dirty): void {
    for (const [key, row] of newer.lastOrders) this.lastOrders.set(key, row);
    for (const [key, row] of newer.grossOrders) this.grossOrders.set(key, row);
    for (const [key, row] of newer.pages) this.pages.set(key, row);
    this.position = Math.max(this.position, newer.position);
  }

  /** Business dates with rows waiting: these must stay in memory. */
  dates(): Set<string> {
    const dates = new Set<string>();
    for (const row of this.lastOrders.values()) dates.add(row.bizDate);
    for (const row of this.grossOrders.values()) dates.add(row.bizDate);
    return dates;
  }
}
