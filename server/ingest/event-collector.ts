import type { BatchEvents, StreamEvents } from "../contracts/events.ts";
import type { OrderColumns } from "../contracts/order-columns.ts";
import { OrderColumnsBuilder } from "../contracts/order-columns-builder.ts";
import type { StreamName } from "../contracts/streams.ts";
import type { TimeBounds } from "../reader/fields.ts";
import type { TakeBytes } from "../reader/records.ts";
import { OrderScanner } from "../streams/orders/scan-order.ts";

/** Collects the valid events of one body. */
export interface EventCollector<S extends StreamName> {
  add(event: StreamEvents[S]): void;
  /** A short cut for ordinary records: adds what reading and validating their bytes would give. */
  readonly takes?: TakeBytes;
  /** What was collected, and its greatest event time, ms; the collector is used up. */
  finish(): { readonly events: BatchEvents[S]; readonly latest: number };
}

/** @param size bytes of the body */
export function collectOrders(bounds: TimeBounds, size: number): EventCollector<"orders"> {
  const builder = new OrderColumnsBuilder(Math.ceil(size / BYTES_A_LINE));
  const scanner = new OrderScanner(builder, bounds);
  return {
    add: (order) => builder.add(order),
    takes: (bytes, start, end) => scanner.takes(bytes, start, end),
    finish: () => {
      const events = builder.columns();
      return { events, latest: latestOf(events) };
    },
  };
}

/** A function of its own, not part of a body's closure: it is compiled once, not for each body. */
function latestOf({ length, arrays }: OrderColumns): number {
  let latest = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < length; index++) latest = Math.max(latest, arrays.gmtModified[index] as number);
  return latest;
}

export const collectPremiumChanges = () => collectObjects<"premium_changes">((event) => event.gmtModified);
export const collectPageViews = () => collectObjects<"page_views">((event) => event.logTime);

/** Of an order in NDJSON, roughly. */
const BYTES_A_LINE = 250;

function collectObjects<S extends "premium_changes" | "page_views">(
  timeOf: (event: StreamEvents[S]) => number,
): EventCollector<S> {
  const events: StreamEvents[S][] = [];
  let latest = Number.NEGATIVE_INFINITY;
  return {
    add: (event) => {
      latest = Math.max(latest, timeOf(event));
      events.push(event);
    },
    finish: () => ({ events: events as unknown as BatchEvents[S], latest }),
  };
}
