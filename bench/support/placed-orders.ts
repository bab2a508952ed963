import { BusinessTime } from "../../server/contracts/business-time.ts";
import type { PlacedOrder } from "../../server/pipeline/orders-day.ts";

export const DATE = "2026-11-22";
const TIME = new BusinessTime("Asia/Shanghai");
const START = TIME.startOf(DATE);
const DAY_MS = 86_400_000;

/** Validated orders of one day: users picked evenly at random, every order number new, later and later. */
export function placedOrders(count: number, users: number, run: number): PlacedOrder[] {
  return Array.from({ length: count }, (_, index) =>
    placed(spread(index + run * count) % users, run, index / count),
  );
}

/** One order of each user, so that the day has as many. */
export function* oneOfEach(users: number): Generator<PlacedOrder> {
  for (let user = 0; user < users; user++) yield placed(user, 0, 0);
}

function placed(user: number, run: number, part: number): PlacedOrder {
  const gmtModified = START + Math.floor(part * DAY_MS);
  const event = {
    userId: String(100_000_000 + user),
    orderNo: `B${run}-${user}-${gmtModified - START}`,
    gmtModified,
    payable: BigInt(1_000 + (user % 500_000)),
    customerTel: `138${String(user).padStart(8, "0")}`,
    orderType: "term-life",
    payTime: gmtModified - 1_000,
    orderPrice: null,
    customerName: null,
    certificateNo: null,
    gmtCreated: null,
  };
  return { event, seq: 1n, bizHour: TIME.hourOf(gmtModified) };
}

/** Scatters numbers over 32 bits, always the same way. */
function spread(number: number): number {
  const once = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return (twice ^ (twice >>> 16)) >>> 0;
}
