import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Vault } from "../lib/vault.ts";
import { order } from "../test/events.ts";
import {
  batchOf,
  startTestServer,
  startTestWriter,
  TEST_VAULT,
  type TestServer,
} from "../test/writer-harness.ts";
import { keepSecret, requireSecret } from "./secret-check.ts";

/** One key for all that is sealed in an installation. */

const OTHER = new Vault("another secret of tests, longer than thirty-two characters");
const REFUSED = { code: "secret_changed", message: expect.stringContaining("SECRET_KEY") };

let server: TestServer;
let url: string;
let pool: pg.Pool;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  url = await server.freshDatabase();
  pool = new pg.Pool({ connectionString: url });
});
afterEach(() => pool.end());

describe("the key of an installation", () => {
  test("is that of its first start, and whoever only reads decides nothing", async () => {
    await requireSecret(pool, OTHER);
    await keepSecret(pool, TEST_VAULT);
    await keepSecret(pool, TEST_VAULT);
    await expect(keepSecret(pool, OTHER)).rejects.toMatchObject(REFUSED);
    await expect(requireSecret(pool, OTHER)).rejects.toMatchObject(REFUSED);
    await requireSecret(pool, TEST_VAULT);
  });

  test("is decided once when two start together", async () => {
    const starts = await Promise.allSettled([keepSecret(pool, TEST_VAULT), keepSecret(pool, OTHER)]);
    expect(starts.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("of an earlier version's, which kept nothing, is the one that opens its log", async () => {
    const writer = await startTestWriter(url);
    await writer.submit(batchOf("orders", [order()]));
    await writer.stop();
    await expect(keepSecret(pool, OTHER)).rejects.toMatchObject(REFUSED);
    await keepSecret(pool, TEST_VAULT);
    await requireSecret(pool, TEST_VAULT);
  });
});
