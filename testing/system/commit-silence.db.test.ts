import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { Writer } from "#server/engine/writer.ts";
import { Unavailable } from "#server/lib/errors.ts";
import { at, fen, order, pageView, premiumChange } from "../factories/events.ts";
import { randomOf } from "../factories/garbage.ts";
import { type DatabaseProxy, openProxy } from "../faults/database-proxy.ts";
import {
  batchOf,
  counts,
  startTestServer,
  startTestWriter,
  type TestServer,
} from "../harness/writer-harness.ts";

/** C9, C10, C12: a commit that the database has made and nobody was told of. */

const SILENCES = process.env.LONG ? 100 : 20;

let server: TestServer;
let proxy: DatabaseProxy;
let writer: Writer;
let pool: pg.Pool;
beforeAll(async () => {
  server = await startTestServer("own");
});
afterAll(() => server.stop());
beforeEach(async () => {
  const url = await server.freshDatabase();
  pool = new pg.Pool({ connectionString: url });
  await pool.query(
    "INSERT INTO key_user (user_id, raw_premium, updated_by) VALUES (7, 1000000, 'test'), (8, 1000000, 'test')",
  );
  proxy = await openProxy(url);
  writer = await startTestWriter(proxy.url);
});
afterEach(async () => {
  await writer.stop();
  await proxy.close();
  await pool.end();
});

/** Sends until it is told yes, as every sender does. */
async function deliver(batch: Parameters<Writer["submit"]>[0]) {
  for (;;) {
    try {
      return await writer.submit(batch);
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      await expect.poll(() => writer.status().state, { timeout: 20_000, interval: 5 }).toBe("leading");
    }
  }
}

const one = async (sql: string): Promise<unknown[]> =>
  (await pool.query({ text: sql, rowMode: "array" })).rows[0] as unknown[];

test(`${SILENCES} commits answered by silence: nothing is lost, nothing counts twice`, async () => {
  const seed = process.env.FC_SEED ? Number(process.env.FC_SEED) : Date.now() % 2 ** 31;
  console.info(`silences drawn with seed ${seed} (FC_SEED replays it)`);
  const random = randomOf(seed);
  proxy.swallowCommitAnswers(() => random() < 0.3);
  let sent = 0;
  while (proxy.swallowed() < SILENCES) {
    sent += 1;
    const gmtModified = at("11-22 10:00") + sent;
    await Promise.all([
      deliver(batchOf("orders", [order({ userId: String(sent), orderNo: `N${sent}`, gmtModified })])),
      deliver(batchOf("page_views", [pageView({ accountId: `a${sent}` })])),
      // Each moves the baseline a little further down.
      deliver(
        batchOf("premium_changes", [
          premiumChange({ userId: "7", nowPremium: fen(String(1_000_000 - sent)), gmtModified }),
        ]),
      ),
    ]);
  }
  proxy.swallowCommitAnswers(() => false);
  const again = await deliver(
    batchOf("orders", [order({ userId: "1", orderNo: "N1", gmtModified: at("11-22 10:00") + 1 })]),
  );
  expect(counts(again)).toEqual({ duplicate: 1 });

  expect(
    await one("SELECT total_premium, policy_cnt, gross_premium, gross_order_cnt FROM hour_figure"),
  ).toEqual([`${sent * 100}.00`, sent, `${sent * 100}.00`, sent]);
  expect(await one("SELECT count(*)::int FROM last_page")).toEqual([sent]);
  expect(await one("SELECT raw_premium FROM key_user WHERE user_id = 7")).toEqual([`${1_000_000 - sent}.00`]);
  expect(
    await one("SELECT count(*)::int FROM baseline_change WHERE user_id = 7 AND source = 'stream'"),
  ).toEqual([sent]);
  expect(
    await one(
      `SELECT count(*)::int FROM stream s WHERE next_seq - 1 <>
         (SELECT coalesce(sum(count), 0) FROM event_log l WHERE l.stream = s.name)`,
    ),
  ).toEqual([0]);
});
