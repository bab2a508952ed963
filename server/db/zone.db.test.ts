import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startTestServer, TEST_BACKUP_KEY, type TestServer } from "#testing/harness/writer-harness.ts";
import { backUp } from "./backup/backup.ts";
import { restore } from "./backup/restore.ts";
import { keepZone, readZone, requireZone } from "./zone.ts";

/** Rule C1: one business time zone for the installation. */

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

describe("the zone of an installation (C1)", () => {
  test("is that of its first start, and every later one is held to it", async () => {
    await keepZone(pool, "Asia/Shanghai");
    await keepZone(pool, "Asia/Shanghai");
    const refusal = {
      code: "zone_changed",
      message: expect.stringMatching(/Asia\/Shanghai.*Europe\/Berlin/),
    };
    await expect(keepZone(pool, "Europe/Berlin")).rejects.toMatchObject(refusal);
    await expect(requireZone(pool, "Europe/Berlin")).rejects.toMatchObject(refusal);
    expect(await readZone(pool)).toBe("Asia/Shanghai");
  });

  test("is one zone under all its names", async () => {
    await keepZone(pool, "Asia/Shanghai");
    await keepZone(pool, "PRC");
    await requireZone(pool, "asia/chongqing");
    expect(await readZone(pool)).toBe("Asia/Shanghai");
  });

  test("is not decided on by who only reads", async () => {
    await requireZone(pool, "Europe/Berlin");
    expect(await readZone(pool)).toBeNull();
  });

  test("is decided once when two systems start together", async () => {
    const starts = await Promise.allSettled([keepZone(pool, "UTC"), keepZone(pool, "Europe/Berlin")]);
    expect(starts.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("comes along with a backup", async () => {
    await keepZone(pool, "Europe/Berlin");
    const folder = await mkdtemp(join(tmpdir(), "tidewatch-zone-"));
    const path = join(folder, "backup");
    await backUp(url, createWriteStream(path), { key: TEST_BACKUP_KEY, now: Date.now });
    const target = await server.freshDatabase();
    await restore(target, () => createReadStream(path), { force: false, keys: [TEST_BACKUP_KEY] });
    await rm(folder, { recursive: true });
    const restored = new pg.Pool({ connectionString: target });
    await expect(keepZone(restored, "Asia/Shanghai")).rejects.toMatchObject({ code: "zone_changed" });
    await restored.end();
  });
});
