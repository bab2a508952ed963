import type { StreamName } from "../contracts/streams.ts";
import { ORDERS } from "./orders/stream.ts";
import { PAGE_VIEWS } from "./page-views/stream.ts";
import { PREMIUM_CHANGES } from "./premium-changes/stream.ts";
import type { Stream } from "./stream.ts";

/** The streams. Who adds one adds a folder, a line here, its name and columns in the contracts, and a migration. */
export const STREAMS: { readonly [S in StreamName]: Stream<S> } = {
  orders: ORDERS,
  premium_changes: PREMIUM_CHANGES,
  page_views: PAGE_VIEWS,
};

/** Name and nature of a stream, typed by its name. */
export const streamOf = <S extends StreamName>(name: S): Stream<S> => STREAMS[name];
