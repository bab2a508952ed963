import type { WriteBehindBuffer } from "../write-behind.ts";
import type { StoredPage } from "./tables/last-page-rows.ts";

/** Last pages that wait to be written, by their keys. */
export class PageBuffer implements WriteBehindBuffer<PageBuffer> {
  readonly pages = new Map<string, StoredPage>();

  get size(): number {
    return this.pages.size;
  }

  merge(newer: PageBuffer): void {
    for (const [key, page] of newer.pages) this.pages.set(key, page);
  }
}
