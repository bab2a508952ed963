import pg from "pg";
import { percentile, short } from "./support/figures.ts";
import { comparison, type Pair } from "./support/finding.ts";
import { startHelper } from "./support/helper.ts";
import { requestBytes } from "./support/http-connection.ts";
import { type Load, latenciesAt, saturation } from "./support/load.ts";
import type { Outcome } from "./support/report.ts";
import { type RunningSystem, startSystem } from "./support/system.ts";

const PAIRS = 5;
const CONNECTIONS = 32;
const FULL_SECONDS = 2;
const SECONDS = 5;
const PART = 0.7;
const ACCOUNTS = 100_000;
const PAGES = `
  INSERT INTO last_page (account_id, device_id, log_time, page_type, page_name, seq)
  SELECT 'a' || n, 'd' || n % 3, (extract(epoch FROM now()) * 1000)::bigint - n, 'product', 'term-life', n
  FROM generate_series(1, ${ACCOUNTS}) AS n`;

/** p99 of last-page reads over keep-alive HTTP at 70 % of their saturation, against a constant answer at 70 % of its own. */
export async function feature(): Promise<Outcome> {
  const system = await startSystem();
  const constant = await startHelper("constant-server.ts");
  try {
    await fill(system);
    const ours: Load = { address: system.address, connections: CONNECTIONS, next: reads(system.key) };
    const theirs: Load = { ...ours, address: constant.address };
    const pairs: Pair[] = [];
    for (let pair = 0; pair <= PAIRS; pair++) {
      const [mine, other] = [await measure(ours), await measure(theirs)];
      if (pair === 0) continue; // warms up
      pairs.push({ ours: mine.p99, against: other.p99 });
      console.log(
        `  pair ${pair}: p99 ${short(mine.p99)} ms at ${short(mine.rate)}/s, constant ${short(other.p99)} ms at ${short(other.rate)}/s`,
      );
    }
    const sides = { unit: "ms", ours: "p99 of last-page reads", against: "p99 of a constant answer" };
    return [comparison("feature", { ...sides, target: { atMost: 1.3 } }, pairs)];
  } finally {
    await constant.stop();
    await system.stop();
  }
}

/** At 70 % of what the server takes at this very moment: on a shared machine that changes by the minute. */
async function measure(load: Load): Promise<{ p99: number; rate: number }> {
  const rate = PART * (await saturation(load, FULL_SECONDS));
  return { p99: percentile(await latenciesAt(load, rate, SECONDS), 0.99), rate };
}

async function fill(system: RunningSystem): Promise<void> {
  const client = new pg.Client({ connectionString: system.databaseUrl });
  await client.connect();
  await client.query(PAGES);
  await client.query("ANALYZE last_page");
  await client.end();
}

function reads(key: string): () => Buffer {
  const made = Array.from({ length: 5_000 }, () => {
    const account = 1 + Math.floor(Math.random() * ACCOUNTS);
    const query = `account_id=a${account}&device_id=d${account % 3}`;
    return requestBytes("GET", `/api/v1/features/last-page?${query}`, { key });
  });
  let next = 0;
  return () => made[next++ % made.length] ?? Buffer.alloc(0);
}
