import type { PageViewEvent, PremiumChangeEvent } from "./events.ts";
import type { OrderColumns } from "./order-columns.ts";

/** How events travel together: those of the busy stream as columns. */
export interface BatchEvents {
  orders: OrderColumns;
  premium_changes: readonly PremiumChangeEvent[];
  page_views: readonly PageViewEvent[];
}
