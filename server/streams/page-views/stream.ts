import { collectObjects } from "../event-collector.ts";
import type { Stream } from "../stream.ts";
import { timeSpanOf } from "../time-span.ts";
import { PAGE_VIEW_CODEC } from "./page-view-codec.ts";
import { PagesState } from "./pages-state.ts";
import { validatePageView } from "./validate-page-view.ts";

/** Page views: the last page of every account and device (rules P1 to P4). */
export const PAGE_VIEWS: Stream<"page_views"> = {
  name: "page_views",
  timeField: "log_time",
  validate: validatePageView,
  collect: () => collectObjects(),
  timeSpan: (events) => timeSpanOf(events.map(({ logTime }) => logTime)),
  codec: PAGE_VIEW_CODEC,
  tables: ["last_page"],
  openState: async (_db, { residency }) => new PagesState(residency.pages),
};
