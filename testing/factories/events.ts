import type { OrderEvent, PageViewEvent, PremiumChangeEvent } from "#server/contracts/events.ts";
import { parseFen } from "#server/contracts/money.ts";

/** Factories of valid events; a test names only what it is about. */

/** Amount in decimal text → fen. */
export function fen(text: string): bigint {
  const amount = parseFen(text);
  if (amount === null) throw new Error(`not an amount: ${text}`);
  return amount;
}

/** ms of a wall-clock time of 2026 in Asia/Shanghai: at("11-22 10:05"). */
export function at(text: string): number {
  const [date = "", clock = ""] = text.split(" ");
  return Date.parse(`2026-${date}T${clock.length === 5 ? `${clock}:00` : clock}+08:00`);
}

export function order(given: Partial<OrderEvent> = {}): OrderEvent {
  return {
    userId: "7",
    orderNo: "A1",
    gmtModified: at("11-22 10:05"),
    payable: fen("100"),
    customerTel: "13800000001",
    orderType: null,
    payTime: null,
    orderPrice: null,
    customerName: null,
    certificateNo: null,
    gmtCreated: null,
    ...given,
  };
}

export function premiumChange(given: Partial<PremiumChangeEvent> = {}): PremiumChangeEvent {
  return {
    userId: "7",
    nowPremium: fen("850"),
    gmtModified: at("11-22 10:00"),
    openId: "w7",
    nowInfo: null,
    channel: null,
    event: null,
    creator: null,
    modifier: null,
    ...given,
  };
}

export function pageView(given: Partial<PageViewEvent> = {}): PageViewEvent {
  return {
    logTime: at("11-22 10:00"),
    deviceId: "d1",
    accountId: "a1",
    pageType: "product",
    pageName: "Term life",
    ...given,
  };
}
