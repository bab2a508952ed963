import { BusinessTime } from "#server/contracts/business-time.ts";

const PRODUCTS = ["term-life", "accident", "medical", "annuity"];

/** One order in the source's own columns. */
export interface SourceOrder {
  readonly id: number;
  readonly order_no: string;
  readonly order_type: string;
  readonly pay_time: number;
  readonly order_price: string;
  readonly customer_name: string;
  readonly customer_tel: string;
  readonly certificate_no: string;
  readonly gmt_created: number;
  readonly gmt_modified: number;
  readonly account_payble: string;
}

/** Numbers in [0, 1), the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Orders of the running business day, in the order of their time; every number is new, users come back. */
export function makeOrders(
  count: number,
  { run, now, users }: { readonly run: number; readonly now: number; readonly users: number },
): SourceOrder[] {
  const random = randomFrom(run);
  const time = new BusinessTime("Asia/Shanghai");
  const start = time.startOf(time.dateOf(now));
  return Array.from({ length: count }, (_, index) => {
    const user = Math.floor(random() * users);
    const at = start + Math.floor(((now - start) * index) / count);
    const price = (10 + random() * 5_000).toFixed(2);
    return {
      id: user,
      order_no: `B${run}-${index}`,
      order_type: PRODUCTS[user % PRODUCTS.length] ?? "",
      pay_time: at - 1_000,
      order_price: price,
      customer_name: "王小明",
      customer_tel: `138${String(user).padStart(8, "0")}`,
      certificate_no: `110101${String(user).padStart(12, "0")}`,
      gmt_created: at - 5_000,
      gmt_modified: at,
      account_payble: price,
    };
  });
}

/** Request bodies of NDJSON, `size` orders each. */
export function bodiesOf(orders: readonly SourceOrder[], size: number): Buffer[] {
  const bodies: Buffer[] = [];
  for (let start = 0; start < orders.length; start += size) {
    const lines = orders.slice(start, start + size).map((order) => JSON.stringify(order));
    bodies.push(Buffer.from(`${lines.join("\n")}\n`));
  }
  return bodies;
}
