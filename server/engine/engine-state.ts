import type pg from "pg";
import type { BusinessTime } from "../contracts/business-time.ts";
import type { StreamName } from "../contracts/streams.ts";
import type { Vault } from "../lib/vault.ts";
import type { DayCalendar } from "../streams/orders/day-calendar.ts";
import { type LastPageRow, pageKey } from "../streams/page-views/last-pages.ts";
import type { OrdersDay } from "../streams/orders/orders-day.ts";
import { readLastPages } from "../streams/page-views/page-state.ts";
import type { Dirty } from "./dirty.ts";
import { loadDay } from "../streams/orders/load-day.ts";

type Queryable = Pick<pg.ClientBase, "query">;

/** How much is kept in memory. */
export interface Residency {
  /** Last and gross orders, over all days; a day goes when they are more and nothing has touched it lately. */
  readonly orders: number;
  /** Last pages. */
  readonly pages: number;
}

const RESIDENCY: Residency = { orders: 8_000_000, pages: 500_000 };

/** Where a stream stands in memory; ahead of the database only while a group is being committed. */
export interface StreamCursor {
  nextSeq: bigint;
  /** ms */
  watermark: number | null;
}

/**
 * The operators' state in memory. A cache of what the database holds: days and pages are loaded when the first event
 * needs them. Never repaired: after a failed commit it is thrown away whole.
 */
export class EngineState {
  readonly streams: Map<StreamName, StreamCursor>;
  readonly calendar: DayCalendar;
  /** In order of use, the least recently used first. */
  readonly #days = new Map<string, OrdersDay>();
  readonly #pages = new Map<string, LastPageRow>();
  readonly #time: BusinessTime;
  readonly #vault: Vault;
  readonly #residency: Residency;

  constructor(
    streams: Map<StreamName, StreamCursor>,
    calendar: DayCalendar,
    time: BusinessTime,
    vault: Vault,
    residency: Residency = RESIDENCY,
  ) {
    this.streams = streams;
    this.calendar = calendar;
    this.#time = time;
    this.#vault = vault;
    this.#residency = residency;
  }

  cursor(stream: StreamName): StreamCursor {
    const cursor = this.streams.get(stream);
    if (!cursor) throw new Error(`stream ${stream} has no row: the migrations put it there`);
    return cursor;
  }

  /** Loads the days that are not resident. Call before any of their orders is applied. */
  async admitDays(db: pg.ClientBase, dates: Iterable<string>): Promise<void> {
    for (const date of dates) {
      const day = this.#days.get(date) ?? (await loadDay(db, date, this.#time, this.#vault));
      this.#days.delete(date);
      this.#days.set(date, day);
    }
  }

  /** The day must have been admitted. */
  day(date: string): OrdersDay {
    const day = this.#days.get(date);
    if (!day) throw new Error(`day ${date} was not admitted`);
    return day;
  }

  async admitPages(db: Queryable, keys: Iterable<{ accountId: string; deviceId: string }>): Promise<void> {
    const missing = new Map<string, { accountId: string; deviceId: string }>();
    for (const key of keys) {
      const text = pageKey(key.accountId, key.deviceId);
      if (!this.#pages.has(text)) missing.set(text, key);
    }
    for (const page of await readLastPages(db, [...missing.values()])) {
      this.#pages.set(pageKey(page.accountId, page.deviceId), page);
    }
  }

  page(key: string): LastPageRow | undefined {
    return this.#pages.get(key);
  }

  setPage(key: string, page: LastPageRow): void {
    this.#pages.delete(key);
    this.#pages.set(key, page);
  }

  /** Lets go of what has not been used for long; rows that wait to be written must stay. */
  evict(dirty: readonly Dirty[]): void {
    this.#evictDays(dirty);
    for (const key of this.#pages.keys()) {
      if (this.#pages.size <= this.#residency.pages) break;
      if (!dirty.some((each) => each.pages.has(key))) this.#pages.delete(key);
    }
  }

  #evictDays(dirty: readonly Dirty[]): void {
    let orders = 0;
    for (const day of this.#days.values()) orders += day.size;
    if (orders <= this.#residency.orders) return;
    const waiting = new Set(dirty.flatMap((each) => [...each.orders.keys()]));
    const inUse = [...this.#days.keys()].at(-1);
    for (const [date, day] of this.#days) {
      if (orders <= this.#residency.orders) return;
      // However large the newest day is, the next batch needs it.
      if (waiting.has(date) || date === inUse) continue;
      this.#days.delete(date);
      orders -= day.size;
    }
  }
}
