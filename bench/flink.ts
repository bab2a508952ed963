import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { short } from "./support/figures.ts";
import { comparison, type Pair } from "./support/finding.ts";
import { fetchFlink, flinkIsMissing, runOrdersJob } from "./support/flink.ts";
import { bodiesOf, makeOrders } from "./support/orders.ts";
import { canReadProcessorTime, familySeconds, processorSeconds } from "./support/processor-time.ts";
import type { Outcome } from "./support/report.ts";
import { sendAll } from "./support/sender.ts";
import { allWritten } from "./support/settled.ts";
import { type RunningSystem, startSystem } from "./support/system.ts";

const PAIRS = 5;
/** One day, as large as the one that the target was set by. */
const ORDERS = 3_090_000;
const USERS = 300_000;
/** Of a file that lies ready: bodies of 3 MB. */
const ORDERS_A_REQUEST = 10_000;
const SENDERS = 2;
const ZONE = "Asia/Shanghai";
const EQUAL = `
  SELECT count(*)::int AS hours, count(*) FILTER (WHERE l.biz_hour IS NULL
    OR (h.total_premium, h.policy_cnt, h.policy_holder_cnt) IS DISTINCT FROM
       (l.total_premium, l.policy_cnt, l.policy_holder_cnt)
    OR (h.gross_premium, h.gross_order_cnt) IS DISTINCT FROM (g.gross_premium, g.gross_order_cnt))::int AS different
  FROM hour_figure h FULL JOIN flink_hour_last l ON l.biz_hour = h.biz_hour FULL JOIN flink_hour_gross g
    ON g.biz_hour = coalesce(h.biz_hour, l.biz_hour)`;

/** The orders job per CPU-second from one file into one PostgreSQL, against Apache Flink SQL; both tables must be equal. */
export async function flink(): Promise<Outcome> {
  const missing = canReadProcessorTime ? flinkIsMissing() : "CPU time is read from /proc, which is Linux's";
  if (missing) return { skipped: missing };
  const classPath = await fetchFlink();
  const folder = await mkdtemp(join(tmpdir(), "tidewatch-flink-"));
  try {
    const pairs: Pair[] = [];
    const bodies = bodiesOf(makeOrders(ORDERS, { run: 1, now: Date.now(), users: USERS }), ORDERS_A_REQUEST);
    const files = { all: join(folder, "orders.ndjson"), one: join(folder, "one.ndjson") };
    await writeFile(files.all, bodies);
    await writeFile(files.one, bodies[0]?.subarray(0, bodies[0].indexOf("\n") + 1) ?? "");
    for (let pair = 1; pair <= PAIRS; pair++) {
      pairs.push(await measure(classPath, files, bodies, pair));
    }
    const sides = {
      unit: "orders/CPU-s",
      ours: "Tidewatch, durably",
      against: "Flink 1.20, state on the heap",
    };
    return [comparison("flink", { ...sides, target: { atLeast: 5 } }, pairs)];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Files {
  readonly all: string;
  /** A single order: what the job costs to start. */
  readonly one: string;
}

async function measure(
  classPath: string,
  files: Files,
  bodies: readonly Buffer[],
  pair: number,
): Promise<Pair> {
  const system = await startSystem();
  const client = new pg.Client({ connectionString: system.databaseUrl });
  await client.connect();
  try {
    const job = { databaseUrl: system.databaseUrl, zone: ZONE };
    await makeTables(client);
    const startUp = await runOrdersJob(classPath, { ...job, file: files.one });
    await makeTables(client);
    const theirs = (await runOrdersJob(classPath, { ...job, file: files.all })) - startUp;
    const ours = await takeOrders(system, client, bodies);
    const hours = await requireEqual(client);
    console.log(
      `  pair ${pair}: Tidewatch ${short(ours.seconds)} CPU-s and PostgreSQL's ${short(ours.database)}, Flink ${short(theirs)} CPU-s after ${short(startUp)} of start-up; ${hours} hours are equal`,
    );
    return { ours: ORDERS / ours.seconds, against: ORDERS / theirs };
  } finally {
    await client.end();
    await system.stop();
  }
}

async function makeTables(client: pg.Client): Promise<void> {
  await client.query(`
    DROP TABLE IF EXISTS flink_hour_last, flink_hour_gross;
    CREATE TABLE flink_hour_last (biz_hour text PRIMARY KEY, total_premium numeric, policy_cnt bigint, policy_holder_cnt bigint);
    CREATE TABLE flink_hour_gross (biz_hour text PRIMARY KEY, gross_premium numeric, gross_order_cnt bigint)`);
}

/** CPU seconds until every order is committed and all state written: of the server and of the sender, and PostgreSQL's beside. */
async function takeOrders(system: RunningSystem, client: pg.Client, bodies: readonly Buffer[]) {
  const used = () => processorSeconds(system.pid) + processorSeconds(process.pid);
  const [before, databaseBefore] = [used(), familySeconds(system.databasePid)];
  await sendAll(`${system.address}/ingest/orders`, system.key, bodies, SENDERS);
  await allWritten(client);
  return { seconds: used() - before, database: familySeconds(system.databasePid) - databaseBefore };
}

/** @throws when any hour differs between the two engines */
async function requireEqual(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ hours: number; different: number }>(EQUAL);
  const [found] = rows;
  if (!found?.hours || found.different > 0) {
    throw new Error(
      `the tables of Flink and Tidewatch differ in ${found?.different} of ${found?.hours} hours`,
    );
  }
  return found.hours;
}
