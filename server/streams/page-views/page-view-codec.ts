import { rowCodec, textCell } from "../log/row-codec.ts";

/** Page views in the log. */
export const PAGE_VIEW_CODEC = rowCodec<"page_views">(
  (event) => [event.logTime, event.deviceId, event.accountId, event.pageType, event.pageName],
  (row) => ({
    logTime: Number(row[0]),
    deviceId: textCell(row[1]) ?? "",
    accountId: textCell(row[2]),
    pageType: textCell(row[3]),
    pageName: textCell(row[4]),
  }),
);
