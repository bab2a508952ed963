import type { PremiumChangeEvent } from "../contracts/events.ts";
import { LineFault } from "./fault.ts";
import {
  amountOf,
  checkEventTime,
  optionalText,
  type RawRecord,
  requiredId,
  requiredTime,
  type TimeBounds,
} from "./fields.ts";
import { JsonNumber } from "./json.ts";

export const PREMIUM_CHANGE_FIELDS: ReadonlySet<string> = new Set([
  "id",
  "channel",
  "open_id",
  "event",
  "now_premium",
  "creator",
  "modifier",
  "gmt_modified",
  "now_info",
]);

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
  if (fen < 0n || (fen === 0n && isBelowZero(value))) {
    throw new LineFault("bad_amount", "now_premium", "below zero");
  }
  return fen;
}

/** Whether an amount that rounds to zero was below it: -0.001, but not -0.00. */
const isBelowZero = (value: unknown): boolean =>
  /^\s*-[\d.]*[1-9]/.test(value instanceof JsonNumber ? value.source : String(value));
