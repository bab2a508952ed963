import type { PageViewEvent } from "#server/contracts/events.ts";
import type { AcceptedDisposition } from "#server/contracts/streams.ts";
import { compareText } from "#server/streams/compare.ts";

/** The last page of one account and device. */
export interface LastPageRow {
  readonly accountId: string;
  readonly deviceId: string;
  readonly logTime: number;
  readonly pageType: string | null;
  readonly pageName: string | null;
  readonly seq: bigint;
}

export interface PageVerdict {
  readonly disposition: AcceptedDisposition;
  /** The new last page, if there is one. */
  readonly page: LastPageRow | null;
}

/** One text for (account, device); NUL occurs in neither. */
export const pageKey = (accountId: string, deviceId: string): string => `${accountId}\0${deviceId}`;

/** Rule P3: what makes a page view the last one. */
function comparePages(a: Omit<LastPageRow, "seq">, b: Omit<LastPageRow, "seq">): number {
  return a.logTime - b.logTime || compareText(a.pageName, b.pageName) || compareText(a.pageType, b.pageType);
}

/** Rules P1–P3. `current` is the last page of the event's account and device, undefined if there is none. */
export function applyPageView(
  event: PageViewEvent,
  seq: bigint,
  current: LastPageRow | undefined,
): PageVerdict {
  if (event.accountId === null) return { disposition: "anonymous", page: null };
  const page: LastPageRow = {
    accountId: event.accountId,
    deviceId: event.deviceId,
    logTime: event.logTime,
    pageType: event.pageType,
    pageName: event.pageName,
    seq,
  };
  const comparison = current ? comparePages(page, current) : 1;
  if (comparison > 0) return { disposition: "applied", page };
  return { disposition: comparison === 0 ? "duplicate" : "superseded", page: null };
}
