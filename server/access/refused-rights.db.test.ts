import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { emptyAudit, writtenActs } from "#testing/harness/audit-log.ts";
import { startTestServer, type TestServer } from "#testing/harness/writer-harness.ts";
import { createLog } from "../lib/log.ts";
import { type RefusedRight, RefusedRights } from "./refused-rights.ts";

const LIN: RefusedRight = {
  actor: { id: "lin" },
  right: "orders.revise",
  at: "POST /api/v1/orders/days/{date}/apply-late",
  address: "203.0.113.7",
};

let server: TestServer;
let pool: pg.Pool;
let refused: RefusedRights;

beforeAll(async () => {
  server = await startTestServer();
  pool = new pg.Pool({ connectionString: await server.freshDatabase() });
});
beforeEach(async () => {
  await emptyAudit(pool);
  refused = new RefusedRights(pool, createLog("silent"));
});
afterAll(async () => {
  await pool.end();
  await server.stop();
});

test("who, which right, where and from where; of many alike in a minute one more row tells how many", async () => {
  for (let n = 0; n < 300; n++) refused.note(LIN);
  refused.note({ ...LIN, actor: { id: "he" } });
  await refused.flush();
  await expect.poll(async () => (await writtenActs(pool)).length).toBe(3);
  const { at, address } = LIN;
  const act = { action: "right.refused", subject: "right orders.revise", address };
  expect(await writtenActs(pool)).toEqual(
    expect.arrayContaining([
      { ...act, actor: "lin", details: { at, count: 1 } },
      { ...act, actor: "lin", details: { at, count: 299 } },
      { ...act, actor: "he", details: { at, count: 1 } },
    ]),
  );
});

test("a flood of different ones leaves some rows, and none of it is lost from the count", async () => {
  for (let n = 0; n < 3_000; n++) refused.note({ ...LIN, actor: { id: `key ${n % 1_500}` } });
  await refused.flush();
  await expect
    .poll(async () => {
      const rows = await writtenActs(pool);
      return [rows.length <= 121, rows.reduce((sum, { details }) => sum + Number(details.count), 0)];
    })
    .toEqual([true, 3_000]);
});

test("what somebody may do, and tried alone where it takes another, is an act of its own", async () => {
  refused.note({ ...LIN, why: "own_proposal" });
  await refused.flush();
  await expect
    .poll(() => writtenActs(pool))
    .toMatchObject([
      { actor: "lin", action: "right.alone", details: { at: LIN.at, why: "own_proposal", count: 1 } },
    ]);
});
