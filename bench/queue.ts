import { randomBytes } from "node:crypto";
import pg from "pg";
import { casesQuery } from "../server/contracts/api/retention.ts";
import { CASE_STATES } from "../server/contracts/cases.ts";
import { FieldCipher } from "../server/lib/field-cipher.ts";
import { retentionCases } from "../server/retention/retention-cases.ts";
import { fillCases, MANAGERS } from "./support/cases.ts";
import { percentile, short } from "./support/figures.ts";
import { comparison, type Pair } from "./support/finding.ts";
import type { Outcome } from "./support/report.ts";
import { startSystem } from "./support/system.ts";

const PAIRS = 5;
const READS = 400;
const CASES = 1_000_000;
const PAGE = 50;
const SORTS = ["premiumAtRisk", "openedAt", "updatedAt"] as const;
const pick = <T>(values: readonly T[]): T => values[Math.floor(Math.random() * values.length)] as T;

const personOf = (id: string) => ({ kind: "person", id, name: id, role: "manager", sessionId: id }) as const;

/** p99 of pages anywhere in a queue of a million cases, by every filter and sort, against reads of one case by its key. */
export async function queue(): Promise<Outcome> {
  const system = await startSystem();
  const pool = new pg.Pool({ connectionString: system.databaseUrl, max: 1 });
  pool.on("error", () => undefined); // the database stops while the last connection closes
  try {
    const cipher = new FieldCipher(randomBytes(32).toString("hex"));
    await fillCases(pool, cipher, CASES);
    const ctx = { pool, cipher };
    const slowest = new Map<string, number>();
    const pairs: Pair[] = [];
    for (let pair = 0; pair <= PAIRS; pair++) {
      const ours = await p99(async () => {
        const query = await randomQuery(pool);
        return [query, () => retentionCases(ctx, casesQuery.parse(query), personOf(pick(MANAGERS)))];
      }, slowest);
      const against = await p99(async () => {
        const id = 1 + Math.floor(Math.random() * CASES);
        return [{}, () => pool.query("SELECT * FROM retention_case WHERE id = $1", [id])];
      });
      if (pair === 0) continue; // reads everything into the caches
      pairs.push({ ours, against });
      console.log(`  pair ${pair}: page ${short(ours)} ms, one row ${short(against)} ms`);
    }
    for (const [query, ms] of [...slowest].sort((a, b) => b[1] - a[1]).slice(0, 5)) {
      console.log(`  slow: ${short(ms)} ms ${query}`);
    }
    const sides = { unit: "ms", ours: `p99 of pages of ${PAGE}`, against: "p99 of reads by primary key" };
    return [comparison("queue", { ...sides, target: { atMost: 3 } }, pairs)];
  } finally {
    await pool.end();
    await system.stop();
  }
}

type Read = readonly [query: object, read: () => Promise<unknown>];

async function p99(next: () => Promise<Read>, slowest?: Map<string, number>): Promise<number> {
  const times: number[] = [];
  for (let read = 0; read < READS; read++) {
    const [query, run] = await next();
    const started = performance.now();
    await run();
    const took = performance.now() - started;
    times.push(took);
    const name = JSON.stringify({ ...query, cursor: "cursor" in query });
    slowest?.set(name, Math.max(took, slowest.get(name) ?? 0));
  }
  return percentile(times, 0.99);
}

/** Any filter, any sort, from any place. */
async function randomQuery(pool: pg.Pool): Promise<Record<string, string>> {
  const sort = pick(SORTS);
  const state = pick([undefined, "open", ...CASE_STATES, "new,regressed"]);
  const assignee = pick([undefined, undefined, "none", ...MANAGERS]);
  const cursor = Math.random() < 0.5 ? undefined : await cursorAt(pool, sort);
  const query = { sort, state, assignee, cursor, limit: String(PAGE) };
  return Object.fromEntries(
    Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** The cursor that a page ending with a random case would give. */
async function cursorAt(pool: pg.Pool, sort: (typeof SORTS)[number]): Promise<string> {
  const { rows } = await pool.query<{
    premium_at_risk: string;
    opened_at: Date;
    updated_at: Date;
    id: string;
  }>("SELECT premium_at_risk, opened_at, updated_at, id FROM retention_case WHERE id = $1", [
    1 + Math.floor(Math.random() * CASES),
  ]);
  const [row] = rows;
  if (!row) throw new Error("there are fewer cases than there should be");
  const keys = {
    premiumAtRisk: row.premium_at_risk,
    openedAt: row.opened_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
  return Buffer.from(JSON.stringify([keys[sort], row.id])).toString("base64url");
}
