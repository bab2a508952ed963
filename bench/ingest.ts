import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { copyRows } from "./support/copy.ts";
import { short } from "./support/figures.ts";
import { absolute, comparison } from "./support/finding.ts";
import { makeOrders, type SourceOrder } from "./support/orders.ts";
import type { Outcome } from "./support/report.ts";
import { sendAll } from "./support/sender.ts";
import { type RunningSystem, startSystem } from "./support/system.ts";

const PAIRS = 5;
const ORDERS = 200_000;
const ORDERS_A_REQUEST = 2_000;
const SENDERS = 4;

/** Events a second of one run. */
interface Rates {
  /** Until the last request was acknowledged: log, figures and counters are committed. */
  readonly acknowledged: number;
  /** Until the state rows stood in their tables as well. */
  readonly settled: number;
  readonly copied: number;
}

/** HTTP NDJSON → committed → acknowledged → all state written, against COPY of the same rows into one bare table. */
export async function ingest(): Promise<Outcome> {
  const system = await startSystem();
  const client = new pg.Client({ connectionString: system.databaseUrl });
  await client.connect();
  try {
    await measure(system, client, 0); // warms both sides up, is not counted
    const runs: Rates[] = [];
    for (let pair = 1; pair <= PAIRS; pair++) {
      const rates = await measure(system, client, pair);
      runs.push(rates);
      const { acknowledged, settled, copied } = rates;
      console.log(
        `  pair ${pair}: acknowledged ${short(acknowledged)}/s, all written ${short(settled)}/s, COPY ${short(copied)}/s`,
      );
    }
    return findingsOf(runs);
  } finally {
    await client.end();
    await system.stop();
  }
}

async function measure(system: RunningSystem, client: pg.Client, run: number): Promise<Rates> {
  const orders = makeOrders(ORDERS, run, Date.now());
  const bodies = toBodies(orders);
  const started = performance.now();
  await sendAll(`${system.address}/ingest/orders`, system.key, bodies, SENDERS);
  const acknowledged = (performance.now() - started) / 1_000;
  await allWritten(client);
  const settled = (performance.now() - started) / 1_000;
  const copied = await copyRows(client, orders);
  return {
    acknowledged: ORDERS / acknowledged,
    settled: ORDERS / settled,
    copied: ORDERS / copied,
  };
}

function toBodies(orders: readonly SourceOrder[]): Buffer[] {
  const bodies: Buffer[] = [];
  for (let start = 0; start < orders.length; start += ORDERS_A_REQUEST) {
    const lines = orders.slice(start, start + ORDERS_A_REQUEST).map((order) => JSON.stringify(order));
    bodies.push(Buffer.from(`${lines.join("\n")}\n`));
  }
  return bodies;
}

/** Until the state tables cover the whole log. */
async function allWritten(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ covered: boolean }>(
      `SELECT covered_position >= (SELECT max(position) FROM event_log WHERE stream = 'orders') AS covered
       FROM stream WHERE name = 'orders'`,
    );
    if (rows[0]?.covered) return;
    await pause(10);
  }
}

function findingsOf(runs: readonly Rates[]): Outcome {
  const pairs = runs.map(({ settled, copied }) => ({ ours: settled, against: copied }));
  const unit = "orders/s";
  return [
    comparison("ingest", { unit, ours: "all written", against: "COPY", target: { atLeast: 0.5 } }, pairs),
    absolute(
      "ingest, floor",
      { what: "all written", unit, target: { atLeast: 20_000 } },
      runs.map((rates) => rates.settled),
    ),
  ];
}
