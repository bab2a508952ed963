import type { StreamName } from "./streams.ts";

/** What a field of a line holds; decides how it is masked and what an editor says of it. */
export type FieldKind =
  | "id"
  /** Part of a key: an order number. */
  | "key"
  | "amount"
  | "time"
  | "text"
  | "name"
  | "telephone"
  | "certificate"
  /** Names a customer or a device outside of our ids. */
  | "account";

export interface LineField {
  readonly name: string;
  readonly kind: FieldKind;
  readonly isRequired: boolean;
}

const field = (name: string, kind: FieldKind, isRequired = false): LineField => ({ name, kind, isRequired });

/** The original columns of each stream, in the order in which a person reads them. */
export const LINE_FIELDS: Readonly<Record<StreamName, readonly LineField[]>> = {
  orders: [
    field("id", "id", true),
    field("order_no", "key", true),
    field("gmt_modified", "time", true),
    field("account_payble", "amount"),
    field("customer_tel", "telephone"),
    field("customer_name", "name"),
    field("certificate_no", "certificate"),
    field("order_type", "text"),
    field("order_price", "amount"),
    field("pay_time", "time"),
    field("gmt_created", "time"),
  ],
  premium_changes: [
    field("id", "id", true),
    field("now_premium", "amount", true),
    field("gmt_modified", "time", true),
    field("now_info", "text"),
    field("open_id", "account"),
    field("channel", "text"),
    field("event", "text"),
    field("creator", "name"),
    field("modifier", "name"),
  ],
  page_views: [
    field("log_time", "time", true),
    field("account_id", "account"),
    field("device_id", "account"),
    field("bury_point_type", "text"),
    field("page_name", "text"),
  ],
};
