import type { PageViewEvent } from "#server/contracts/events.ts";
import {
  checkEventTime,
  optionalKey,
  optionalText,
  type RawRecord,
  requiredTime,
  type TimeBounds,
} from "#server/reader/fields.ts";

/** Rule C2: below this, a time is in seconds. */
const SECONDS_BELOW = 100_000_000_000;

/** One `edw_zy_evt_bury_point_log`. @throws {LineFault} */
export function validatePageView(record: RawRecord, bounds: TimeBounds): PageViewEvent {
  const time = requiredTime(record, "log_time");
  const logTime = time < SECONDS_BELOW ? time * 1000 : time;
  return {
    logTime: checkEventTime(logTime, "log_time", bounds),
    deviceId: optionalKey(record, "device_id") ?? "",
    accountId: optionalKey(record, "account_id"),
    pageType: optionalText(record, "bury_point_type"),
    pageName: optionalText(record, "page_name"),
  };
}
