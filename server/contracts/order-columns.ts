import type { OrderEvent } from "./events.ts";
import { bigIntOf, decimalOf } from "./int64.ts";

/** Texts of an order, in the order in which its bytes lie. */
export const ORDER_TEXTS = ["orderNo", "customerTel", "orderType", "customerName", "certificateNo"] as const;
export const TEXTS = ORDER_TEXTS.length;
export const [ORDER_NO, CUSTOMER_TEL, ORDER_TYPE, CUSTOMER_NAME, CERTIFICATE_NO] = [0, 1, 2, 3, 4] as const;

/** Length of a text that is null. */
export const NO_TEXT = -1;
/** High half of an amount that is null; the low one is 0. Lower than any amount, as rule C6 has null. */
export const NO_AMOUNT_HIGH = -(2 ** 31);

/** It leaves a byte order mark where it is: what a text begins with is part of it. */
const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });

/** The arrays of OrderColumns; `length` orders fill the beginning of each. */
export interface OrderArrays {
  readonly length: number;
  /** User ids as 64-bit pairs (int64.ts). */
  readonly userIds: Int32Array;
  /** ms */
  readonly gmtModified: Float64Array;
  /** ms; NaN: null. */
  readonly payTime: Float64Array;
  readonly gmtCreated: Float64Array;
  /** fen, as 64-bit pairs; null: NO_AMOUNT_HIGH. */
  readonly payable: Int32Array;
  readonly orderPrice: Int32Array;
  /** Bytes of each text, TEXTS an order; NO_TEXT: null. */
  readonly textLengths: Int16Array;
  /** Where each order's texts begin; after the last one, where they end. */
  readonly textStarts: Int32Array;
  /** UTF-8 */
  readonly bytes: Uint8Array;
}

/**
 * Validated orders as typed columns: what crosses from ingest through the pipeline to the store. No object an order, so
 * the garbage collector has nothing to follow; `at` makes one for whoever needs few.
 */
export class OrderColumns implements Iterable<OrderEvent> {
  readonly arrays: OrderArrays;

  constructor(arrays: OrderArrays) {
    this.arrays = arrays;
  }

  get length(): number {
    return this.arrays.length;
  }

  /** One order, 0 ≤ index < length. */
  at(index: number): OrderEvent {
    const { arrays } = this;
    return {
      userId: decimalOf(...pairAt(arrays.userIds, index)),
      orderNo: this.text(index, ORDER_NO) ?? "",
      gmtModified: arrays.gmtModified[index] as number,
      payable: amountAt(arrays.payable, index),
      customerTel: this.text(index, CUSTOMER_TEL),
      orderType: this.text(index, ORDER_TYPE),
      payTime: timeAt(arrays.payTime, index),
      orderPrice: amountAt(arrays.orderPrice, index),
      customerName: this.text(index, CUSTOMER_NAME),
      certificateNo: this.text(index, CERTIFICATE_NO),
      gmtCreated: timeAt(arrays.gmtCreated, index),
    };
  }

  *[Symbol.iterator](): Generator<OrderEvent> {
    for (let index = 0; index < this.length; index++) yield this.at(index);
  }

  /** One text of an order. */
  text(index: number, text: number): string | null {
    const { textLengths, bytes } = this.arrays;
    const length = textLengths[index * TEXTS + text] as number;
    if (length === NO_TEXT) return null;
    const start = startOfText(this.arrays, index, text);
    return DECODER.decode(bytes.subarray(start, start + length));
  }
}

/** Where a text's bytes begin; one that is null has none. */
export function startOfText({ textLengths, textStarts }: OrderArrays, index: number, text: number): number {
  let start = textStarts[index] as number;
  for (let each = 0; each < text; each++) start += Math.max(0, textLengths[index * TEXTS + each] as number);
  return start;
}

const pairAt = (pairs: Int32Array, index: number): [number, number] => [
  pairs[index * 2] as number,
  pairs[index * 2 + 1] as number,
];

function amountAt(pairs: Int32Array, index: number): bigint | null {
  const [low, high] = pairAt(pairs, index);
  return high === NO_AMOUNT_HIGH ? null : bigIntOf(low, high);
}

function timeAt(times: Float64Array, index: number): number | null {
  const time = times[index] as number;
  return Number.isNaN(time) ? null : time;
}
