import type { OrderEvent } from "#server/contracts/events.ts";
import {
  checkEventTime,
  optionalAmount,
  optionalText,
  optionalTime,
  type RawRecord,
  requiredId,
  requiredKey,
  requiredTime,
  type TimeBounds,
} from "#server/reader/fields.ts";

/** One `user_order`. @throws {LineFault} */
export function validateOrder(record: RawRecord, bounds: TimeBounds): OrderEvent {
  return {
    userId: requiredId(record, "id"),
    orderNo: requiredKey(record, "order_no"),
    gmtModified: checkEventTime(requiredTime(record, "gmt_modified"), "gmt_modified", bounds),
    payable: optionalAmount(record, "account_payble"),
    customerTel: optionalText(record, "customer_tel"),
    orderType: optionalText(record, "order_type"),
    payTime: optionalTime(record, "pay_time"),
    orderPrice: optionalAmount(record, "order_price"),
    customerName: optionalText(record, "customer_name"),
    certificateNo: optionalText(record, "certificate_no"),
    gmtCreated: optionalTime(record, "gmt_created"),
  };
}
