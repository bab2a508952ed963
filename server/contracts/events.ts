/**
 * Events after validation: what the pipeline sees. Money is integer fen (hundredths) in a bigint; ids are canonical
 * decimal text of a 64-bit integer; times are epoch milliseconds.
 */

/** One `user_order` (stream orders). */
export interface OrderEvent {
  readonly userId: string;
  readonly orderNo: string;
  readonly gmtModified: number;
  /** account_payble, fen. */
  readonly payable: bigint | null;
  readonly customerTel: string | null;
  readonly orderType: string | null;
  readonly payTime: number | null;
  /** fen */
  readonly orderPrice: bigint | null;
  readonly customerName: string | null;
  readonly certificateNo: string | null;
  readonly gmtCreated: number | null;
}

/** One `dh_prd_dm_account_wechat_trace` (stream premium_changes). */
export interface PremiumChangeEvent {
  readonly userId: string;
  /** now_premium, fen. */
  readonly nowPremium: bigint;
  readonly gmtModified: number;
  readonly openId: string | null;
  readonly nowInfo: string | null;
  readonly channel: string | null;
  readonly event: string | null;
  readonly creator: string | null;
  readonly modifier: string | null;
}

/** One `edw_zy_evt_bury_point_log` (stream page_views). */
export interface PageViewEvent {
  /** ms; a source value in seconds is already converted (rule C2). */
  readonly logTime: number;
  /** Empty text when the source has none (rule P2). */
  readonly deviceId: string;
  /** null: anonymous (rule P1). */
  readonly accountId: string | null;
  /** bury_point_type */
  readonly pageType: string | null;
  readonly pageName: string | null;
}

export interface StreamEvents {
  orders: OrderEvent;
  premium_changes: PremiumChangeEvent;
  page_views: PageViewEvent;
}

/** Why a line is refused: "Codes of rejects" in docs/formats.md. */
export const REJECT_CODES = [
  "bad_json",
  "bad_utf8",
  "missing_field",
  "bad_type",
  "bad_amount",
  "amount_out_of_range",
  "unsafe_integer",
  "bad_time",
  "event_in_future",
  "event_too_old",
  "too_long",
] as const;
export type RejectCode = (typeof REJECT_CODES)[number];

/** Why one line was refused. The message never holds the value: it may be personal. */
export interface Reject {
  /** 1-based line of the body (NDJSON, CSV) or 1-based element (JSON array). */
  readonly line: number;
  readonly code: RejectCode;
  readonly field: string | null;
  readonly message: string;
  /** The line as received, at most 64 KiB of it, for the dead-letter table; a CSV row as the JSON object that its header makes of it. */
  readonly raw: Uint8Array;
}
