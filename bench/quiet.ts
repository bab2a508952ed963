import { short } from "./support/figures.ts";
import { absolute } from "./support/finding.ts";
import { readMetric } from "./support/metric.ts";
import { bodiesOf, makeOrders } from "./support/orders.ts";
import type { Outcome } from "./support/report.ts";
import { sendAll } from "./support/sender.ts";
import { startSystem } from "./support/system.ts";

const ROUNDS = 5;
const ORDERS = 200_000;
const ORDERS_A_REQUEST = 2_000;
const SENDERS = 4;
const METRIC = "nodejs_eventloop_lag_p99_seconds";

/** Event-loop delay p99 of the web thread while ingest runs flat out; each reading is of the time since the last. */
export async function quiet(): Promise<Outcome> {
  const system = await startSystem();
  try {
    const delays: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const orders = makeOrders(ORDERS, { run: round, now: Date.now(), users: 100_000 });
      const bodies = bodiesOf(orders, ORDERS_A_REQUEST);
      await readMetric(system.address, METRIC);
      await sendAll(`${system.address}/ingest/orders`, system.key, bodies, SENDERS);
      const delay = (await readMetric(system.address, METRIC)) * 1_000;
      if (round === 0) continue; // warms up
      delays.push(delay);
      console.log(`  round ${round}: p99 ${short(delay)} ms`);
    }
    const what = "event-loop delay p99 of the web thread";
    return [absolute("quiet", { what, unit: "ms", target: { atMost: 20 } }, delays)];
  } finally {
    await system.stop();
  }
}
