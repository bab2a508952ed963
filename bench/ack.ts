import pg from "pg";
import { percentile, short } from "./support/figures.ts";
import { comparison, type Pair } from "./support/finding.ts";
import { requestBytes } from "./support/http-connection.ts";
import { type Load, latenciesAt, saturation } from "./support/load.ts";
import { makeOrders } from "./support/orders.ts";
import { isPgbenchHere, runPgbench } from "./support/pgbench.ts";
import type { Outcome } from "./support/report.ts";
import { startSystem } from "./support/system.ts";

const PAIRS = 5;
const CONNECTIONS = 16;
const FULL_SECONDS = 3;
const SECONDS = 8;
const ORDERS = 200_000;
const TABLE = `CREATE TABLE bench_row (id bigint, order_no text, order_type text, pay_time bigint, order_price numeric,
  customer_name text, customer_tel text, certificate_no text, gmt_created bigint, gmt_modified bigint, payable numeric)`;
const INSERT = `\\set id random(1, 100000)
INSERT INTO bench_row VALUES (:id, 'B1-100', 'term-life', 1763892000000, 120.50, '王小明', '13800000001',
  '110101000000000001', 1763892000000, 1763892000000, 120.50);
`;

/** p99 of requests of one event at half load, against pgbench's insert of the same row at half of its own load. */
export async function ack(): Promise<Outcome> {
  if (!(await isPgbenchHere())) return { skipped: "there is no pgbench to compare with" };
  const system = await startSystem();
  const client = new pg.Client({ connectionString: system.databaseUrl });
  await client.connect();
  try {
    await client.query(TABLE);
    const load: Load = { address: system.address, connections: CONNECTIONS, next: requests(system.key) };
    const theirs = { databaseUrl: system.databaseUrl, sql: INSERT, clients: CONNECTIONS };
    const pairs: Pair[] = [];
    for (let pair = 0; pair <= PAIRS; pair++) {
      const full = await saturation(load, FULL_SECONDS);
      const ours = percentile(await latenciesAt(load, full / 2, SECONDS), 0.99);
      const { perSecond } = await runPgbench({ ...theirs, seconds: FULL_SECONDS });
      const { latencies } = await runPgbench({ ...theirs, seconds: SECONDS, rate: perSecond / 2 });
      const against = percentile(latencies, 0.99);
      if (pair === 0) continue; // warms up
      pairs.push({ ours, against });
      console.log(
        `  pair ${pair}: p99 ${short(ours)} ms at ${short(full / 2)}/s, pgbench ${short(against)} ms at ${short(perSecond / 2)}/s`,
      );
    }
    const sides = { unit: "ms", ours: "p99 acknowledged", against: "p99 of pgbench's insert" };
    return [comparison("ack", { ...sides, target: { atMost: 3 } }, pairs)];
  } finally {
    await client.end();
    await system.stop();
  }
}

/** One order a request; those of a run are new, and all requests are made before the clock runs. */
function requests(key: string): () => Buffer {
  const orders = makeOrders(ORDERS, { run: 1, now: Date.now(), users: 100_000 });
  const made = orders.map((order) =>
    requestBytes("POST", "/ingest/orders", { key, body: JSON.stringify(order) }),
  );
  let next = 0;
  return () => {
    const request = made[next++ % made.length];
    if (!request) throw new Error("there are no requests");
    return request;
  };
}
