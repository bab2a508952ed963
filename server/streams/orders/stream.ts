import type { OrderColumns } from "#server/contracts/order-columns.ts";
import { OrderColumnsBuilder } from "#server/contracts/order-columns-builder.ts";
import type { TimeBounds } from "#server/reader/fields.ts";
import type { EventCollector } from "../event-collector.ts";
import type { Stream, TimeSpan } from "../stream.ts";
import { ORDER_CODEC } from "./order-codec.ts";
import { OrdersState } from "./orders-state.ts";
import { OrderScanner } from "./scan-order.ts";
import { validateOrder } from "./validate-order.ts";

/** Of an order in NDJSON, roughly. */
const BYTES_A_LINE = 250;

/** Orders: hourly figures (rules O1 to O8). */
export const ORDERS: Stream<"orders"> = {
  name: "orders",
  timeField: "gmt_modified",
  validate: validateOrder,
  collect: collectOrders,
  timeSpan,
  codec: ORDER_CODEC,
  tables: [
    "hour_figure",
    "order_day",
    "day_revision",
    "day_revision_hour",
    "late_order",
    "last_order",
    "personal_block",
    "gross_order",
    "hour_cause",
  ],
  openState: OrdersState.open,
};

function collectOrders(bounds: TimeBounds, size: number): EventCollector<"orders"> {
  const builder = new OrderColumnsBuilder(Math.ceil(size / BYTES_A_LINE));
  const scanner = new OrderScanner(builder, bounds);
  return {
    add: (order) => builder.add(order),
    takes: (bytes, start, end) => scanner.takes(bytes, start, end),
    finish: () => builder.columns(),
  };
}

/** A loop of its own over the typed column: generators would cost more than the rest of a small batch. */
function timeSpan({ length, arrays }: OrderColumns): TimeSpan {
  let earliest = Number.POSITIVE_INFINITY;
  let latest = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < length; index++) {
    const time = arrays.gmtModified[index] as number;
    if (time < earliest) earliest = time;
    if (time > latest) latest = time;
  }
  return { earliest, latest };
}
