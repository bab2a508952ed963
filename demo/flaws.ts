import type { RejectCode } from "../server/contracts/events.ts";
import { REJECT_CODES } from "../server/contracts/events.ts";
import type { StreamName } from "../server/contracts/streams.ts";
import type { SourceEvent } from "./delivery.ts";
import type { Random } from "./random.ts";

/** The flaws that a line of each stream can have: page views carry no amounts and no ids. */
const FLAWS: Readonly<Record<StreamName, readonly RejectCode[]>> = {
  orders: REJECT_CODES,
  premium_changes: REJECT_CODES,
  page_views: REJECT_CODES.filter((code) => !/amount|integer/.test(code)),
};
const TIME_COLUMN = {
  orders: "gmt_modified",
  premium_changes: "gmt_modified",
  page_views: "log_time",
} as const;
const AMOUNT_COLUMN = {
  orders: "account_payble",
  premium_changes: "now_premium",
  page_views: "page_name",
} as const;
const TEXT_COLUMN = { orders: "order_no", premium_changes: "open_id", page_views: "page_name" } as const;
const A_DAY_MS = 86_400_000;
/** Longer than any text column may be. */
const TOO_LONG = 5_000;

export const anyFlaw = (random: Random, stream: StreamName): RejectCode => random.pick(FLAWS[stream]);

/** The event's line, spoilt so that it is refused with the given code. */
export function spoiltLine({ stream, time, columns }: SourceEvent, code: RejectCode): string {
  const timeColumn = TIME_COLUMN[stream];
  const amountColumn = AMOUNT_COLUMN[stream];
  const textColumn = TEXT_COLUMN[stream];
  const spoil = (column: string, value: unknown) => JSON.stringify({ ...columns, [column]: value });
  switch (code) {
    case "bad_json":
      return JSON.stringify(columns).slice(0, -7);
    case "bad_utf8":
      // Latin-1 on the wire: ÿþ is no UTF-8, and everything else must be ASCII.
      return JSON.stringify({ ...asciiOnly(columns), [textColumn]: "ÿþ" });
    case "missing_field":
      return spoil(timeColumn, undefined);
    case "bad_type":
      return spoil(textColumn, { value: 1 });
    case "bad_amount":
      return spoil(amountColumn, "面议");
    case "amount_out_of_range":
      return spoil(amountColumn, "1e40");
    case "unsafe_integer":
      // As text: the number 2^53 + 2 would be rounded by no means other than a reader's double.
      return JSON.stringify({ ...columns, id: 0 }).replace('"id":0', '"id":9007199254740994');
    case "bad_time":
      return spoil(timeColumn, "昨天");
    case "event_in_future":
      return spoil(timeColumn, time + A_DAY_MS);
    case "event_too_old":
      return spoil(timeColumn, stream === "page_views" ? 86_400 : A_DAY_MS);
    case "too_long":
      return spoil(textColumn, "x".repeat(TOO_LONG));
  }
}

function asciiOnly(columns: SourceEvent["columns"]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(columns).map(([name, value]) => [
      name,
      typeof value === "string" ? value.replace(/[^\x20-\x7e]/g, "?") : value,
    ]),
  );
}
