import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { emptyAudit, type WrittenAct, writtenActs } from "#testing/harness/audit-log.ts";
import { startTestServer, type TestServer } from "#testing/harness/writer-harness.ts";
import { createLog } from "../lib/log.ts";
import { type Refusal, RefusalLog } from "./refusal-log.ts";

const LIN: Refusal = { subject: "person 1", address: "203.0.113.7", reason: "wrong password", at: "sign-in" };

let server: TestServer;
let pool: pg.Pool;
let refusals: RefusalLog;

beforeAll(async () => {
  server = await startTestServer();
  pool = new pg.Pool({ connectionString: await server.freshDatabase() });
});
beforeEach(async () => {
  await emptyAudit(pool);
  refusals = new RefusalLog(pool, createLog("silent"));
});
afterAll(async () => {
  await pool.end();
  await server.stop();
});

const written = () => writtenActs(pool);
const total = (rows: readonly WrittenAct[]) =>
  rows.reduce((sum, { details }) => sum + Number(details.count), 0);

test("the first of a kind is written at once, the further ones as one row with their count", async () => {
  for (let n = 0; n < 500; n++) await refusals.note(LIN);
  expect(await written()).toEqual([
    {
      actor: "anonymous",
      action: "session.refused",
      subject: "person 1",
      address: "203.0.113.7",
      details: { reason: "wrong password", at: "sign-in", count: 1 },
    },
  ]);
  await refusals.flush();
  expect((await written()).map(({ details }) => details.count)).toEqual([1, 499]);
});

test("a flood from everywhere at everybody leaves some rows, and none of it is lost from the count", async () => {
  for (let n = 0; n < 3_000; n++) {
    await refusals.note({ ...LIN, address: `198.51.100.${n % 250}`, subject: `person ${n % 1_500}` });
  }
  await refusals.flush();
  const rows = await written();
  expect(rows.length).toBeLessThanOrEqual(121);
  expect(total(rows)).toBe(3_000);
});

test("the next minute begins anew", async () => {
  await refusals.note(LIN);
  await refusals.flush();
  await refusals.note(LIN);
  expect(await written()).toHaveLength(2);
});
