import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { FieldCipher } from "#server/lib/field-cipher.ts";
import { startTestServer, TEST_CIPHER, type TestServer } from "#testing/harness/writer-harness.ts";
import { keepSecret, requireSecret } from "./secret-check.ts";

/** One key for all that is sealed in an installation. */

const OTHER = new FieldCipher("another secret of tests, longer than thirty-two characters");
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
    await keepSecret(pool, TEST_CIPHER);
    await keepSecret(pool, TEST_CIPHER);
    await expect(keepSecret(pool, OTHER)).rejects.toMatchObject(REFUSED);
    await expect(requireSecret(pool, OTHER)).rejects.toMatchObject(REFUSED);
    await requireSecret(pool, TEST_CIPHER);
  });

  test("is decided once when two start together", async () => {
    const starts = await Promise.allSettled([keepSecret(pool, TEST_CIPHER), keepSecret(pool, OTHER)]);
    expect(starts.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});
