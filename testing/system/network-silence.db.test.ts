import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Writer } from "#server/engine/writer.ts";
import { Unavailable } from "#server/lib/errors.ts";
import { fen, order } from "../factories/events.ts";
import { type DatabaseProxy, openProxy } from "../faults/database-proxy.ts";
import {
  batchOf,
  counts,
  startTestServer,
  startTestWriter,
  type TestServer,
} from "../harness/writer-harness.ts";

/** C9, C10: packets between the writer and its database vanish, and nobody tells either of them. */

/** A second instead of half a minute. */
const PATIENCE = { askMs: 100, questions: 10 };
/** The database ends a transaction that nobody goes on with after ten seconds; until then it holds the writer's locks. */
const RECOVERY = { timeout: 30_000, interval: 20 };

let server: TestServer;
let proxy: DatabaseProxy;
let writer: Writer;
let pool: pg.Pool;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  const url = await server.freshDatabase();
  pool = new pg.Pool({ connectionString: url });
  proxy = await openProxy(url);
});
afterEach(async () => {
  proxy.restore();
  await writer.stop();
  await proxy.close();
  await pool.end();
});

const send = (number: number) =>
  writer.submit(
    batchOf("orders", [order({ userId: String(number), orderNo: `N${number}`, payable: fen("1") })]),
  );
const isState = (state: string) => vi.waitFor(() => expect(writer.status().state).toBe(state), RECOVERY);
const orders = async () =>
  (await pool.query({ text: "SELECT gross_order_cnt::int FROM hour_figure", rowMode: "array" })).rows;

test.each(["after-begin", "before-commit"] as const)(
  "a group in the midst, %s, is refused; the writer comes back by itself and counts it once",
  async (place) => {
    let isArmed = false;
    writer = await startTestWriter(proxy.url, undefined, undefined, {
      patience: PATIENCE,
      atFaultPoint: (reached) => {
        if (isArmed && reached === place) proxy.fallSilent();
      },
    });
    expect(counts(await send(1))).toEqual({ applied: 1 });
    isArmed = true;
    await expect(send(2)).rejects.toBeInstanceOf(Unavailable);
    isArmed = false;
    await isState("unavailable");
    proxy.restore();
    await isState("leading");
    expect(counts(await send(2))).toEqual({ applied: 1 });
    expect(counts(await send(1))).toEqual({ duplicate: 1 });
    expect(await orders()).toEqual([[2]]);
  },
);
