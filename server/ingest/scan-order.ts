import type { OrderEvent } from "../contracts/events.ts";
import { EARLIEST, type TimeBounds } from "./fields.ts";
import { JsonScanner } from "./json-scanner.ts";
import { LIMITS } from "./limits.ts";
import { ORDER_FIELDS } from "./validate-order.ts";

type Draft = { -readonly [K in keyof OrderEvent]: OrderEvent[K] };

/** Fields with the JSON in front of their value, in the order of the source's columns. */
const NAMES = [...ORDER_FIELDS];
const PREFIXES = NAMES.map((name) => `"${name}":`);
const REQUIRED = ["id", "order_no", "gmt_modified"].reduce((bits, name) => bits | bitOf(name), 0);

function bitOf(name: string): number {
  return 1 << NAMES.indexOf(name);
}

const scanner = new JsonScanner();

/**
 * Reads one `user_order` without building JSON's object first: three times as fast as parsing and validating it.
 * @returns null unless the line is ordinary and valid in every field; then JSON.parse and validateOrder have to tell
 */
export function scanOrder(line: string, bounds: TimeBounds): OrderEvent | null {
  const order: Draft = { ...BLANK };
  scanner.begin(line);
  if (!scanner.takes("{")) return null;
  let seen = 0;
  let field = NAMES.length - 1;
  do {
    scanner.skipSpaces();
    field = nextField(field);
    if (field < 0 || seen & (1 << field)) return null;
    seen |= 1 << field;
    scanner.skipSpaces();
    readField(NAMES[field] as string, order);
    if (scanner.gaveUp) return null;
  } while (scanner.takes(","));
  if (!scanner.takes("}") || !scanner.isAtEnd || (seen & REQUIRED) !== REQUIRED) return null;
  const isInTime = order.gmtModified >= EARLIEST && order.gmtModified <= bounds.latest;
  return isInTime && order.orderNo !== "" ? order : null;
}

/** The field whose name comes next, most likely the one after `last`; -1: none that we know. */
function nextField(last: number): number {
  for (let step = 1; step <= NAMES.length; step++) {
    const field = (last + step) % NAMES.length;
    if (scanner.takes(PREFIXES[field] as string)) return field;
  }
  return -1;
}

function readField(name: string, order: Draft): void {
  switch (name) {
    case "id":
      order.userId = scanner.id();
      break;
    case "order_no":
      order.orderNo = scanner.textOrNull(LIMITS.keyLength) ?? "";
      break;
    case "order_type":
      order.orderType = scanner.textOrNull(LIMITS.fieldLength);
      break;
    case "pay_time":
      order.payTime = scanner.wholeOrNull();
      break;
    case "order_price":
      order.orderPrice = scanner.fenOrNull();
      break;
    case "customer_name":
      order.customerName = scanner.textOrNull(LIMITS.fieldLength);
      break;
    case "customer_tel":
      order.customerTel = scanner.textOrNull(LIMITS.fieldLength);
      break;
    case "certificate_no":
      order.certificateNo = scanner.textOrNull(LIMITS.fieldLength);
      break;
    case "gmt_created":
      order.gmtCreated = scanner.wholeOrNull();
      break;
    case "gmt_modified":
      order.gmtModified = scanner.wholeOrNull() ?? Number.NaN;
      break;
    case "account_payble":
      order.payable = scanner.fenOrNull();
      break;
  }
}

const BLANK: OrderEvent = {
  userId: "",
  orderNo: "",
  gmtModified: Number.NaN,
  payable: null,
  customerTel: null,
  orderType: null,
  payTime: null,
  orderPrice: null,
  customerName: null,
  certificateNo: null,
  gmtCreated: null,
};
