import pg from "pg";
import { short } from "./support/figures.ts";
import { comparison, type Pair } from "./support/finding.ts";
import { bodiesOf, makeOrders } from "./support/orders.ts";
import type { Outcome } from "./support/report.ts";
import { sendAll } from "./support/sender.ts";
import { allWritten } from "./support/settled.ts";
import { type RunningSystem, startSystem } from "./support/system.ts";

const PAIRS = 5;
const ORDERS = 300_000;
const ORDERS_A_REQUEST = 2_000;
const SENDERS = 4;

/** A start that has the whole log to replay until it serves, against the live ingest that wrote the log. */
export async function replay(): Promise<Outcome> {
  const pairs: Pair[] = [];
  for (let pair = 0; pair <= PAIRS; pair++) {
    const rates = await measure(pair);
    if (pair === 0) continue; // the first warms the machine's caches up
    pairs.push(rates);
    console.log(`  pair ${pair}: replay ${short(rates.ours)}/s, live ${short(rates.against)}/s`);
  }
  const sides = { unit: "orders/s", ours: "log replayed and serving", against: "live ingest, all written" };
  return [comparison("replay", { ...sides, target: { atLeast: 3 } }, pairs)];
}

async function measure(run: number): Promise<Pair> {
  const system = await startSystem();
  const client = new pg.Client({ connectionString: system.databaseUrl });
  await client.connect();
  try {
    const live = await takeLive(system, client, run);
    const plain = await restart(system);
    const replaying = await restart(system, () => resetState(client));
    return { ours: ORDERS / (replaying - plain), against: ORDERS / live };
  } finally {
    await client.end();
    await system.stop();
  }
}

async function takeLive(system: RunningSystem, client: pg.Client, run: number): Promise<number> {
  const orders = makeOrders(ORDERS, { run, now: Date.now(), users: 100_000 });
  const bodies = bodiesOf(orders, ORDERS_A_REQUEST);
  const started = performance.now();
  await sendAll(`${system.address}/ingest/orders`, system.key, bodies, SENDERS);
  await allWritten(client);
  return (performance.now() - started) / 1_000;
}

/** Seconds of a start: with nothing to replay, what every start costs. */
async function restart(system: RunningSystem, between?: () => Promise<void>): Promise<number> {
  await system.stopServer();
  await between?.();
  return system.startServer();
}

/** As if no state had ever been written behind: the log alone remains. */
async function resetState(client: pg.Client): Promise<void> {
  await client.query(
    `TRUNCATE last_order, personal_block, gross_order; UPDATE stream SET covered_position = 0`,
  );
}
