import type pg from "pg";
import type { IngestBatch } from "#server/contracts/batch.ts";
import type { PageViewEvent } from "#server/contracts/events.ts";
import type { Queryable } from "#server/db/queryable.ts";
import type { LoggedBatch } from "../log/log.ts";
import type { StreamState } from "../stream.ts";
import { WriteBehind } from "../write-behind.ts";
import { type LastPageRow, pageKey } from "./operator/last-pages.ts";
import { PageBuffer } from "./page-buffer.ts";
import { applyPageViews, PagesGroup, type PagesInMemory } from "./pages-group.ts";
import { readLastPages, writePages } from "./tables/last-page-rows.ts";

/** Last pages in memory, as far as somebody was there lately. */
export class PagesState implements StreamState<"page_views">, PagesInMemory {
  readonly #mostPages: number;
  /** In order of use, the least recently used first. */
  readonly #pages = new Map<string, LastPageRow>();
  readonly #behind = new WriteBehind(() => new PageBuffer());

  /** @param mostPages that stay in memory */
  constructor(mostPages: number) {
    this.#mostPages = mostPages;
  }

  get waitingRows(): number {
    return this.#behind.waitingRows;
  }

  isDue(): boolean {
    return false;
  }

  async ensureLoaded(db: pg.ClientBase, batches: readonly IngestBatch<"page_views">[]): Promise<void> {
    await this.#ensurePages(
      db,
      batches.flatMap(({ events }) => events),
    );
  }

  page(key: string): LastPageRow | undefined {
    return this.#pages.get(key);
  }

  setPage(key: string, page: LastPageRow): void {
    this.#pages.delete(key);
    this.#pages.set(key, page);
  }

  async openGroup(_db: Queryable): Promise<PagesGroup> {
    return new PagesGroup(this);
  }

  writeBehind(group: PagesGroup): void {
    this.#behind.add(group.rows);
  }

  takeWaiting(): (db: pg.ClientBase) => Promise<void> {
    const { pages } = this.#behind.take();
    return (db) => writePages(db, pages.values());
  }

  settle(): void {
    this.#behind.settle();
  }

  evict(): void {
    for (const key of this.#pages.keys()) {
      if (this.#pages.size <= this.#mostPages) break;
      if (!this.#behind.unwritten.some(({ pages }) => pages.has(key))) this.#pages.delete(key);
    }
  }

  async recover(db: pg.ClientBase, log: AsyncIterable<LoggedBatch<"page_views">>): Promise<void> {
    const rows = new PageBuffer();
    for await (const { firstSeq, runs } of log) {
      let next = firstSeq;
      for (const { events } of runs) {
        await this.#ensurePages(db, events);
        applyPageViews(this, events, next, rows);
        next += BigInt(events.length);
      }
    }
    this.#behind.add(rows);
  }

  async #ensurePages(db: Queryable, views: readonly PageViewEvent[]): Promise<void> {
    const missing = new Map<string, { accountId: string; deviceId: string }>();
    for (const { accountId, deviceId } of views) {
      if (accountId === null) continue;
      const key = pageKey(accountId, deviceId);
      if (!this.#pages.has(key)) missing.set(key, { accountId, deviceId });
    }
    for (const page of await readLastPages(db, [...missing.values()])) {
      this.#pages.set(pageKey(page.accountId, page.deviceId), page);
    }
  }
}
