import type { OrderEvent } from "./events.ts";
import { putBigInt, putDecimal } from "./int64.ts";
import { NO_AMOUNT_HIGH, NO_TEXT, ORDER_TEXTS, OrderColumns, TEXTS } from "./order-columns.ts";

const ENCODER = new TextEncoder();
const FIRST_CAPACITY = 64;
/** Of the texts of one order; a guess that growing corrects. */
const BYTES_AN_ORDER = 64;

/**
 * Collects orders into columns. A reader of bytes sets an order's columns at `length` and then keeps it with `take`; what
 * it had set of an order that it gives up is overwritten by the next one.
 */
export class OrderColumnsBuilder {
  length = 0;
  userIds: Int32Array;
  gmtModified: Float64Array;
  payTime: Float64Array;
  gmtCreated: Float64Array;
  payable: Int32Array;
  orderPrice: Int32Array;
  #textLengths: Int16Array;
  #textStarts: Int32Array;
  #bytes: Uint8Array;
  #capacity: number;

  /** @param capacity orders that are expected */
  constructor(capacity = FIRST_CAPACITY) {
    this.#capacity = Math.max(1, capacity);
    this.userIds = new Int32Array(this.#capacity * 2);
    this.gmtModified = new Float64Array(this.#capacity);
    this.payTime = new Float64Array(this.#capacity);
    this.gmtCreated = new Float64Array(this.#capacity);
    this.payable = new Int32Array(this.#capacity * 2);
    this.orderPrice = new Int32Array(this.#capacity * 2);
    this.#textLengths = new Int16Array(this.#capacity * TEXTS);
    this.#textStarts = new Int32Array(this.#capacity + 1);
    this.#bytes = new Uint8Array(this.#capacity * BYTES_AN_ORDER);
  }

  /** Sets everything of the next order that may be null to null. */
  blank(): void {
    const index = this.length;
    this.payTime[index] = Number.NaN;
    this.gmtCreated[index] = Number.NaN;
    setNoAmount(this.payable, index);
    setNoAmount(this.orderPrice, index);
  }

  /**
   * Keeps the order whose columns were set, and copies its texts.
   * @param spans start and end of each text in `source`; a start below 0: null
   */
  take(source: Uint8Array, spans: Int32Array): void {
    const index = this.length;
    let end = this.#textStarts[index] as number;
    for (let text = 0; text < TEXTS; text++) {
      const start = spans[text * 2] as number;
      const stop = spans[text * 2 + 1] as number;
      this.#textLengths[index * TEXTS + text] = start < 0 ? NO_TEXT : stop - start;
      if (start < 0) continue;
      if (end + stop - start > this.#bytes.length) this.#growBytes(end + stop - start);
      const bytes = this.#bytes;
      // Of a few bytes a copy by hand is quicker than a view and a call.
      for (let at = start; at < stop; at++) bytes[end++] = source[at] as number;
    }
    this.#close(end);
  }

  add(order: OrderEvent): void {
    const index = this.length;
    this.blank();
    putDecimal(this.userIds, index, order.userId);
    this.gmtModified[index] = order.gmtModified;
    if (order.payTime !== null) this.payTime[index] = order.payTime;
    if (order.gmtCreated !== null) this.gmtCreated[index] = order.gmtCreated;
    if (order.payable !== null) putBigInt(this.payable, index, order.payable);
    if (order.orderPrice !== null) putBigInt(this.orderPrice, index, order.orderPrice);
    let end = this.#textStarts[index] as number;
    ORDER_TEXTS.forEach((name, text) => {
      const value = order[name];
      const bytes = value === null ? null : ENCODER.encode(value);
      this.#textLengths[index * TEXTS + text] = bytes?.length ?? NO_TEXT;
      if (!bytes) return;
      if (end + bytes.length > this.#bytes.length) this.#growBytes(end + bytes.length);
      this.#bytes.set(bytes, end);
      end += bytes.length;
    });
    this.#close(end);
  }

  /** What was collected; the builder must not be used any more. */
  columns(): OrderColumns {
    const { length, userIds, gmtModified, payTime, gmtCreated, payable, orderPrice } = this;
    return new OrderColumns({
      length,
      userIds,
      gmtModified,
      payTime,
      gmtCreated,
      payable,
      orderPrice,
      textLengths: this.#textLengths,
      textStarts: this.#textStarts,
      bytes: this.#bytes,
    });
  }

  #close(end: number): void {
    this.length += 1;
    this.#textStarts[this.length] = end;
    if (this.length === this.#capacity) this.#grow();
  }

  #grow(): void {
    this.#capacity *= 2;
    const capacity = this.#capacity;
    this.userIds = grown(this.userIds, new Int32Array(capacity * 2));
    this.gmtModified = grown(this.gmtModified, new Float64Array(capacity));
    this.payTime = grown(this.payTime, new Float64Array(capacity));
    this.gmtCreated = grown(this.gmtCreated, new Float64Array(capacity));
    this.payable = grown(this.payable, new Int32Array(capacity * 2));
    this.orderPrice = grown(this.orderPrice, new Int32Array(capacity * 2));
    this.#textLengths = grown(this.#textLengths, new Int16Array(capacity * TEXTS));
    this.#textStarts = grown(this.#textStarts, new Int32Array(capacity + 1));
  }

  #growBytes(needed: number): void {
    this.#bytes = grown(this.#bytes, new Uint8Array(Math.max(needed, this.#bytes.length * 2)));
  }
}

/** Orders as columns. */
export function columnsOf(orders: Iterable<OrderEvent>): OrderColumns {
  const builder = new OrderColumnsBuilder();
  for (const order of orders) builder.add(order);
  return builder.columns();
}

function setNoAmount(pairs: Int32Array, index: number): void {
  pairs[index * 2] = 0;
  pairs[index * 2 + 1] = NO_AMOUNT_HIGH;
}

function grown<T extends Int16Array | Int32Array | Float64Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
