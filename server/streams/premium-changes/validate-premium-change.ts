import type { PremiumChangeEvent } from "#server/contracts/events.ts";
import { LineFault } from "#server/reader/fault.ts";
import {
  amountOf,
  checkEventTime,
  isAmountBelowZero,
  optionalText,
  type RawRecord,
  requiredId,
  requiredTime,
  type TimeBounds,
} from "#server/reader/fields.ts";

/** One `dh_prd_dm_account_wechat_trace`. @throws {LineFault} */
export function validatePremiumChange(record: RawRecord, bounds: TimeBounds): PremiumChangeEvent {
  return {
    userId: requiredId(record, "id"),
    nowPremium: insuredAmount(record),
    gmtModified: checkEventTime(requiredTime(record, "gmt_modified"), "gmt_modified", bounds),
    openId: optionalText(record, "open_id"),
    nowInfo: optionalText(record, "now_info"),
    channel: optionalText(record, "channel"),
    event: optionalText(record, "event"),
    creator: optionalText(record, "creator"),
    modifier: optionalText(record, "modifier"),
  };
}

/** Rule K1: zero is a real value; blank, null, negative or not a number is none. */
function insuredAmount(record: RawRecord): bigint {
  const value = record.now_premium;
  if (value === undefined) throw new LineFault("missing_field", "now_premium", "required, but missing");
  if (value === null) throw new LineFault("bad_amount", "now_premium", "null is not an amount");
  const fen = amountOf(value, "now_premium");
  if (!isAmountBelowZero(value, "now_premium")) return fen;
  throw new LineFault("bad_amount", "now_premium", "below zero");
}
