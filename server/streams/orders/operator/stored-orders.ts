import { VECTOR } from "./hash-slots.ts";
import { TextSpans } from "./text-table.ts";

/**
 * Orders of one day out of the state tables, in columns, VECTOR at most: `count` of them fill the beginning of each. The
 * day that they are put back into fills in the users and the order numbers.
 */
export class StoredOrders {
  count = 0;
  /** Pairs. */
  readonly userIds = new Int32Array(VECTOR * 2);
  /** ms */
  readonly gmtModified = new Float64Array(VECTOR);
  /** fen, pairs; null: NO_AMOUNT_HIGH. */
  readonly amounts = new Int32Array(VECTOR * 2);
  /** Where the order numbers lie in `bytes`. */
  readonly spans = new TextSpans();
  bytes: Uint8Array = new Uint8Array();
  /** Numbers that the day gave to the hours; and to the telephones, or NONE: of last orders only. */
  readonly hours = new Int8Array(VECTOR);
  readonly telephones = new Int32Array(VECTOR);
  /** Numbers that the day gives to users and order numbers. */
  readonly users = new Int32Array(VECTOR);
  readonly orderNos = new Int32Array(VECTOR);
}
