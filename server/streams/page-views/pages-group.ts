import type { IngestBatch } from "#server/contracts/batch.ts";
import type { Committed } from "#server/contracts/committed.ts";
import type { PageViewEvent } from "#server/contracts/events.ts";
import { type DispositionCounts, noDispositions } from "#server/contracts/streams.ts";
import type { Queryable } from "#server/db/queryable.ts";
import type { StreamGroup } from "../stream.ts";
import { applyPageView, type LastPageRow, pageKey } from "./operator/last-pages.ts";
import { PageBuffer } from "./page-buffer.ts";
import { writePages } from "./tables/last-page-rows.ts";

/** Last pages in memory, those of the batch among them. */
export interface PagesInMemory {
  page(key: string): LastPageRow | undefined;
  setPage(key: string, page: LastPageRow): void;
}

/** Applies page views to the last pages; `rows` takes those that changed. */
export function applyPageViews(
  pages: PagesInMemory,
  events: readonly PageViewEvent[],
  firstSeq: bigint,
  rows: PageBuffer,
): DispositionCounts {
  const counts = noDispositions();
  for (const [index, view] of events.entries()) {
    const key = pageKey(view.accountId ?? "", view.deviceId);
    const { disposition, page } = applyPageView(view, firstSeq + BigInt(index), pages.page(key));
    counts[disposition] += 1;
    if (!page) continue;
    pages.setPage(key, page);
    rows.pages.set(key, page);
  }
  return counts;
}

/** The page views of one group. */
export class PagesGroup implements StreamGroup<"page_views"> {
  readonly rows = new PageBuffer();
  readonly #pages: PagesInMemory;

  constructor(pages: PagesInMemory) {
    this.#pages = pages;
  }

  get stateRows(): number {
    return this.rows.size;
  }

  apply(batch: IngestBatch<"page_views">, firstSeq: bigint): DispositionCounts {
    return applyPageViews(this.#pages, batch.events, firstSeq, this.rows);
  }

  writeState(db: Queryable): Promise<void> {
    return writePages(db, this.rows.pages.values());
  }

  async write(): Promise<Partial<Committed>> {
    return {};
  }
}
