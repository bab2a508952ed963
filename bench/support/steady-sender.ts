import { setTimeout as pause } from "node:timers/promises";
import { sendAll } from "./sender.ts";
import type { RunningSystem } from "./system.ts";

/** A request of a steady sender, in the order of sending; times are ms since the epoch. */
export interface Sent {
  /** Orders sent so far, this request's included. */
  readonly total: number;
  readonly sentAt: number;
  readonly acceptedAt: number;
}

const now = () => performance.timeOrigin + performance.now();

/** Sends new orders of new users at a steady pace, one request after the other; numbers go on from `from`. */
export async function sendSteadily(
  system: RunningSystem,
  {
    from,
    perSecond,
    seconds,
    requestsASecond,
  }: {
    readonly from: number;
    readonly perSecond: number;
    readonly seconds: number;
    readonly requestsASecond: number;
  },
): Promise<Sent[]> {
  const started = performance.now();
  const sent: Sent[] = [];
  const each = perSecond / requestsASecond;
  for (let request = 0; request < seconds * requestsASecond; request++) {
    const wait = started + (request * 1_000) / requestsASecond - performance.now();
    if (wait > 0) await pause(wait);
    const first = from + request * each;
    const lines = Array.from({ length: each }, (_, index) => orderLine(first + index));
    const sentAt = now();
    await sendAll(`${system.address}/ingest/orders`, system.key, [Buffer.from(lines.join("\n"))], 1);
    sent.push({ total: first + each, sentAt, acceptedAt: now() });
  }
  return sent;
}

function orderLine(number: number): string {
  return JSON.stringify({
    id: number + 1,
    order_no: `P${number}`,
    customer_tel: `139${String(number).padStart(8, "0")}`,
    gmt_modified: Date.now(),
    account_payble: "100.25",
  });
}
