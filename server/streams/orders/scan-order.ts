import {
  CERTIFICATE_NO,
  CUSTOMER_NAME,
  CUSTOMER_TEL,
  ORDER_NO,
  ORDER_TYPE,
  TEXTS,
} from "#server/contracts/order-columns.ts";
import type { OrderColumnsBuilder } from "#server/contracts/order-columns-builder.ts";
import { EARLIEST, type TimeBounds } from "#server/reader/fields.ts";
import { LIMITS } from "#server/reader/limits.ts";
import { bytesOf, JsonScanner } from "./json-scanner.ts";

/** Fields in the order of the source's columns: most senders write them so. */
const NAMES = [
  "id",
  "order_no",
  "order_type",
  "pay_time",
  "order_price",
  "customer_name",
  "customer_tel",
  "certificate_no",
  "gmt_created",
  "gmt_modified",
  "account_payble",
];
/** Each with the JSON in front of its value. */
const PREFIXES = NAMES.map((name) => bytesOf(`"${name}":`));
const REQUIRED = ["id", "order_no", "gmt_modified"].reduce((bits, name) => bits | bitOf(name), 0);
const [OPEN, CLOSE, COMMA] = [0x7b, 0x7d, 0x2c];

function bitOf(name: string): number {
  return 1 << NAMES.indexOf(name);
}

type ReadField = (scanner: JsonScanner, into: OrderColumnsBuilder, spans: Int32Array) => void;

const textField =
  (text: number, longest: number): ReadField =>
  (scanner, _, spans) =>
    scanner.textOrNull(longest, spans, text);

const READERS: Readonly<Record<string, ReadField>> = {
  id: (scanner, into) => scanner.id(into.userIds, into.length),
  order_no: textField(ORDER_NO, LIMITS.keyLength),
  order_type: textField(ORDER_TYPE, LIMITS.fieldLength),
  pay_time: (scanner, into) => {
    into.payTime[into.length] = scanner.wholeOrNull();
  },
  order_price: (scanner, into) => scanner.fenOrNull(into.orderPrice, into.length),
  customer_name: textField(CUSTOMER_NAME, LIMITS.fieldLength),
  customer_tel: textField(CUSTOMER_TEL, LIMITS.fieldLength),
  certificate_no: textField(CERTIFICATE_NO, LIMITS.fieldLength),
  gmt_created: (scanner, into) => {
    into.gmtCreated[into.length] = scanner.wholeOrNull();
  },
  gmt_modified: (scanner, into) => {
    into.gmtModified[into.length] = scanner.wholeOrNull();
  },
  account_payble: (scanner, into) => scanner.fenOrNull(into.payable, into.length),
};
const FIELDS = NAMES.map((name) => READERS[name] as ReadField);

/** Reads `user_order` objects from bytes into columns, without building JSON's objects first. */
export class OrderScanner {
  readonly #scanner = new JsonScanner();
  readonly #spans = new Int32Array(TEXTS * 2);
  readonly #into: OrderColumnsBuilder;
  readonly #bounds: TimeBounds;

  constructor(into: OrderColumnsBuilder, bounds: TimeBounds) {
    this.#into = into;
    this.#bounds = bounds;
  }

  /**
   * Takes the object that the bytes from `start` to `end` hold, valid UTF-8.
   * @returns false unless it is ordinary and valid in every field; then parseJson and validateOrder have to tell
   */
  takes(bytes: Uint8Array, start: number, end: number): boolean {
    this.#scanner.begin(bytes, start, end);
    this.#into.blank();
    this.#spans.fill(-1);
    if (!this.#reads()) return false;
    this.#into.take(bytes, this.#spans);
    return true;
  }

  #reads(): boolean {
    const [scanner, into, spans] = [this.#scanner, this.#into, this.#spans];
    if (!scanner.takesByte(OPEN)) return false;
    let seen = 0;
    let field = FIELDS.length - 1;
    do {
      scanner.skipSpaces();
      field = this.#nextField(field);
      if (field < 0 || seen & (1 << field)) return false;
      seen |= 1 << field;
      scanner.skipSpaces();
      (FIELDS[field] as ReadField)(scanner, into, spans);
      if (scanner.gaveUp) return false;
    } while (scanner.takesByte(COMMA));
    const isWhole = scanner.takesByte(CLOSE) && scanner.isAtEnd && (seen & REQUIRED) === REQUIRED;
    return isWhole && this.#isValid();
  }

  #isValid(): boolean {
    const time = this.#into.gmtModified[this.#into.length] as number;
    const hasNumber = (this.#spans[ORDER_NO * 2] as number) >= 0;
    return hasNumber && time >= EARLIEST && time <= this.#bounds.latest;
  }

  /** The field whose name comes next, most likely the one after `last`; -1: none that we know. */
  #nextField(last: number): number {
    for (let step = 1; step <= PREFIXES.length; step++) {
      const field = (last + step) % PREFIXES.length;
      if (this.#scanner.takes(PREFIXES[field] as Uint8Array)) return field;
    }
    return -1;
  }
}
