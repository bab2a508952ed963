import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { short } from "./support/figures.ts";
import { comparison, type Pair } from "./support/finding.ts";
import { bodiesOf, makeOrders } from "./support/orders.ts";
import type { Outcome } from "./support/report.ts";
import { sendAll } from "./support/sender.ts";
import { allWritten } from "./support/settled.ts";
import { type RunningSystem, startSystem } from "./support/system.ts";

const PAIRS = 5;
const USERS = 1_000_000;
/** Orders of users drawn at random: so many leave few without any. */
const ORDERS = 2_000_000;
const ORDERS_A_ROUND = 200_000;
const ORDERS_A_REQUEST = 2_000;
const SENDERS = 4;

/**
 * The state of a day of a million users and two million order numbers, loaded by the first order after a start, against
 * COPY TO of the tables that it lies in.
 */
export async function restart(): Promise<Outcome> {
  const system = await startSystem();
  const client = new pg.Client({ connectionString: system.databaseUrl });
  await client.connect();
  try {
    const rows = await fill(system, client);
    console.log(`  ${short(rows)} rows of last and gross orders`);
    const pairs: Pair[] = [];
    for (let pair = 0; pair <= PAIRS; pair++) {
      await system.stopServer();
      await system.startServer();
      const ours = rows / (await secondsOfFirstOrder(system));
      const against = rows / (await secondsOfCopy(system));
      if (pair === 0) continue; // the first warms the machine's caches up
      pairs.push({ ours, against });
      console.log(`  pair ${pair}: loaded ${short(ours)}/s, COPY TO ${short(against)}/s`);
    }
    const sides = {
      unit: "rows/s",
      ours: "state loaded and serving",
      against: "COPY TO",
      target: { atLeast: 0.5 },
    };
    return [comparison("restart", sides, pairs)];
  } finally {
    await client.end();
    await system.stop();
  }
}

/** @returns rows of last and gross orders */
async function fill(system: RunningSystem, client: pg.Client): Promise<number> {
  for (let round = 0; round < ORDERS / ORDERS_A_ROUND; round++) {
    const orders = makeOrders(ORDERS_A_ROUND, { run: round, now: Date.now(), users: USERS });
    await sendAll(`${system.address}/ingest/orders`, system.key, bodiesOf(orders, ORDERS_A_REQUEST), SENDERS);
  }
  await allWritten(client);
  const { rows } = await client.query<{ rows: number }>(
    "SELECT ((SELECT count(*) FROM last_order) + (SELECT count(*) FROM gross_order))::int AS rows",
  );
  return rows[0]?.rows ?? 0;
}

/** The first order of a day has the day's state loaded before it is acknowledged. */
async function secondsOfFirstOrder(system: RunningSystem): Promise<number> {
  const orders = makeOrders(1, { run: 0, now: Date.now(), users: 1 });
  const started = performance.now();
  await sendAll(`${system.address}/ingest/orders`, system.key, bodiesOf(orders, 1), 1);
  return (performance.now() - started) / 1_000;
}

async function secondsOfCopy(system: RunningSystem): Promise<number> {
  const client = new pg.Client({ connectionString: system.databaseUrl });
  await client.connect();
  const started = performance.now();
  for (const table of ["last_order", "personal_block", "gross_order"]) {
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    await pipeline(client.query(copyTo(`COPY (SELECT * FROM ${table}) TO STDOUT`)), nowhere);
  }
  const seconds = (performance.now() - started) / 1_000;
  await client.end();
  return seconds;
}
