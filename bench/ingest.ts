import pg from "pg";
import { copyRows } from "./support/copy.ts";
import { short } from "./support/figures.ts";
import { absolute, comparison } from "./support/finding.ts";
import { bodiesOf, makeOrders } from "./support/orders.ts";
import type { Outcome } from "./support/report.ts";
import { sendAll } from "./support/sender.ts";
import { allWritten } from "./support/settled.ts";
import { type RunningSystem, startSystem } from "./support/system.ts";

const PAIRS = 5;
const ORDERS = 200_000;
const USERS = 100_000;
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
  const orders = makeOrders(ORDERS, { run, now: Date.now(), users: USERS });
  const bodies = bodiesOf(orders, ORDERS_A_REQUEST);
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
