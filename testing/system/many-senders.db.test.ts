import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BusinessTime } from "#server/contracts/business-time.ts";
import { importKeyUsers } from "#server/key-users/import-key-users.ts";
import { keyUserLines, orderLine, pageLine, premiumLine, resent, zone } from "../factories/arbitraries.ts";
import { type IngestHarness, openIngestHarness, type Wire } from "../harness/ingest-harness.ts";
import { startTestServer, startTestWriter, TEST_CIPHER, type TestServer } from "../harness/writer-harness.ts";
import { hourlyTable } from "../oracle/orders.ts";
import { lastPagesTable } from "../oracle/page-views.ts";
import { premiumTables } from "../oracle/premium-changes.ts";
import { asTsv, sorted } from "../recorded/recordings.ts";

/**
 * C6, C7, C9–C11 on the whole path: several senders at once, over HTTP, in bodies of any size and packing, orders and page
 * views in any order and some of them again; the tables in PostgreSQL are the oracle's.
 */

const RUNS = {
  numRuns: process.env.LONG ? 2_000 : 50,
  // Each run makes a database; a smaller counterexample is rarely worth the minutes that it takes.
  endOnFailure: true,
  ...(process.env.FC_SEED ? { seed: Number(process.env.FC_SEED) } : {}),
} as const;

const wire: fc.Arbitrary<Wire> = fc.record({
  format: fc.constantFrom("ndjson", "json"),
  encoding: fc.constantFrom("identity", "gzip", "zstd"),
});

/** What one sender does: bodies in its order; `again` sends the same body a second time, as after a lost answer. */
interface Body {
  readonly lines: readonly unknown[];
  readonly wire: Wire;
  readonly again: boolean;
}

/** Cuts lines into bodies of one to nine lines. */
function bodiesOf(lines: readonly unknown[]): fc.Arbitrary<Body[]> {
  const cut = fc.record({ size: fc.integer({ min: 1, max: 9 }), wire, again: fc.boolean() });
  return fc.array(cut, { minLength: lines.length, maxLength: lines.length }).map((cuts) => {
    const bodies: Body[] = [];
    let start = 0;
    for (const { size, ...how } of cuts) {
      if (start >= lines.length) break;
      bodies.push({ lines: lines.slice(start, start + size), ...how });
      start += size;
    }
    return bodies;
  });
}

/** Three senders share the lines; each also sends some of the others' again, in an order of its own. */
function senders<T>(line: fc.Arbitrary<T>) {
  return fc.array(line, { minLength: 1, maxLength: 60 }).chain((lines) =>
    fc.record({
      lines: fc.constant(lines),
      senders: fc.tuple(
        ...[0, 1, 2].map((sender) =>
          resent(lines.filter((_, index) => index % 3 === sender)).chain(bodiesOf),
        ),
      ),
    }),
  );
}

const day = fc.record({
  zoneName: zone,
  keyUsers: keyUserLines,
  orders: senders(orderLine),
  pages: senders(pageLine),
  // Baselines depend on the order of arrival (K3): one sender.
  changes: fc
    .array(premiumLine, { minLength: 1, maxLength: 60 })
    .chain((lines) => fc.record({ lines: fc.constant(lines), bodies: bodiesOf(lines) })),
});

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer("own");
});
afterAll(() => server.stop());

async function sendAll(harness: IngestHarness, stream: string, bodies: readonly Body[]): Promise<void> {
  for (const { lines, wire: how, again } of bodies) {
    const answer = await harness.send(stream, lines, how);
    expect([answer.received, answer.accepted]).toEqual([lines.length, lines.length]);
    if (!again) continue;
    const repeated = await harness.send(stream, lines, how);
    expect(repeated.dispositions.applied, "C9: a repeated body changes nothing").toBe(0);
  }
}

async function loadKeyUsers(pool: pg.Pool, lines: readonly Record<string, string | null>[]): Promise<void> {
  const rows = lines.map((cells, index) => ({ line: index + 1, cells }));
  const given = { pool, cipher: TEST_CIPHER, now: Date.now, publish: () => undefined };
  const ctx = { ...given, config: { MAX_FUTURE_SKEW_MS: 300_000 } };
  await importKeyUsers(ctx, { id: "test" }, rows, { dryRun: false, skipRejected: false });
}

interface Day {
  readonly zoneName: string;
  readonly keyUsers: readonly Record<string, string | null>[];
  readonly orders: {
    readonly lines: readonly Record<string, unknown>[];
    readonly senders: readonly Body[][];
  };
  readonly pages: { readonly lines: readonly Record<string, unknown>[]; readonly senders: readonly Body[][] };
  readonly changes: { readonly lines: readonly Record<string, unknown>[]; readonly bodies: readonly Body[] };
}

/** Sends everything at once; ends with a clean stop, which writes what was to be written behind. */
async function live({ zoneName, orders, pages, changes }: Day, databaseUrl: string): Promise<void> {
  const writer = await startTestWriter(databaseUrl, 100_000, new BusinessTime(zoneName));
  const harness = await openIngestHarness(writer, Date.now);
  try {
    await Promise.all([
      ...orders.senders.map((bodies) => sendAll(harness, "orders", bodies)),
      ...pages.senders.map((bodies) => sendAll(harness, "page-views", bodies)),
      sendAll(harness, "premium-changes", changes.bodies),
    ]);
  } finally {
    harness.close();
    await writer.stop();
  }
}

async function expectTables(
  { zoneName, keyUsers, orders, pages, changes }: Day,
  pool: pg.Pool,
): Promise<void> {
  const premium = premiumTables(keyUsers, changes.lines);
  const tables: readonly [string, readonly (readonly unknown[])[]][] = [
    [
      `SELECT biz_hour, total_premium, policy_cnt, policy_holder_cnt, gross_premium, gross_order_cnt
       FROM hour_figure WHERE winner_cnt > 0 OR gross_order_cnt > 0`,
      hourlyTable(orders.lines, zoneName),
    ],
    [
      "SELECT account_id, device_id, bury_point_type, page_name FROM user_last_log",
      lastPagesTable(pages.lines),
    ],
    [
      "SELECT user_id, event_time, baseline_before, amount_now, info_before, info_now FROM occurrence WHERE 'step' = ANY (rules)",
      premium.occurrences,
    ],
    ["SELECT user_id, event_time, amount_now, array_to_string(rules, ' ') FROM occurrence", premium.alerts],
    ["SELECT id, raw_premium, raw_info FROM adm_zy_acct_sub_wechat_list", premium.keyUsers],
  ];
  for (const [text, expected] of tables) {
    const { rows } = await pool.query({ text, rowMode: "array" });
    expect(sorted((rows as unknown[][]).map(asTsv)), text).toEqual(sorted(expected.map(asTsv)));
  }
}

test("the tables are the oracle's, whoever sends what, when, and how often", async () => {
  await fc.assert(
    fc.asyncProperty(day, async (given) => {
      const url = await server.freshDatabase();
      const pool = new pg.Pool({ connectionString: url });
      try {
        await loadKeyUsers(pool, given.keyUsers);
        await live(given, url);
        await expectTables(given, pool);
      } finally {
        await pool.end();
      }
    }),
    RUNS,
  );
});
