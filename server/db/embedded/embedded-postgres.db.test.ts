import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startEmbeddedPostgres } from "./embedded-postgres.ts";
import { isAlive } from "./postmaster.ts";

async function settingOf(url: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(`SELECT current_setting('${name}') AS value`);
  await client.end();
  return rows[0].value;
}

async function dataFolder(url: string): Promise<string> {
  return settingOf(url, "data_directory");
}

describe("the embedded PostgreSQL", () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "tidewatch-pg-"));
    await chmod(dir, 0o755);
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  test("keeps what was written over a stop and a start, with fsync", async () => {
    const first = await startEmbeddedPostgres(dir);
    expect(await settingOf(first.url, "fsync")).toBe("on");
    const client = new pg.Client({ connectionString: first.url });
    await client.connect();
    await client.query("CREATE TABLE kept AS SELECT 7 AS n");
    await client.end();
    await first.stop();

    const second = await startEmbeddedPostgres(dir);
    const again = new pg.Client({ connectionString: second.url });
    await again.connect();
    expect((await again.query("SELECT n FROM kept")).rows).toEqual([{ n: 7 }]);
    await again.end();
    await second.stop();
  });

  test.skipIf(process.platform === "win32")(
    "makes what its owner alone may read, in a folder that was there and in one that was not",
    async () => {
      const isRoot = process.getuid?.() === 0;
      for (const [made, mode] of [
        [dir, 0o755],
        [join(dir, "new"), isRoot ? 0o711 : 0o700],
      ] as const) {
        const server = await startEmbeddedPostgres(made);
        const modeOf = async (path: string) => (await stat(path)).mode & 0o777;
        expect(await dataFolder(server.adminUrl)).toBe(join(made, "postgres"));
        expect(await modeOf(made)).toBe(mode);
        for (const name of await readdir(made)) {
          expect([name, await modeOf(join(made, name))]).toEqual([name, name === "postgres" ? 0o700 : 0o600]);
        }
        await server.stop();
      }
    },
  );

  test("is joined, and stopped by us, when its keeper has died", async () => {
    const orphan = await startEmbeddedPostgres(dir);
    await orphan.leave();
    const adopted = await startEmbeddedPostgres(dir);
    expect(adopted.pid).toBe(orphan.pid);
    await adopted.stop();
    expect(() => process.kill(orphan.pid, 0)).toThrow();
  });

  test("is not stopped by a member while its keeper lives, nor by its keeper while a member works", async () => {
    const kept = await startEmbeddedPostgres(dir);
    await (await startEmbeddedPostgres(dir)).stop();
    expect(await settingOf(kept.url, "server_version_num")).toMatch(/^18/);
    const member = await startEmbeddedPostgres(dir);
    await kept.stop();
    expect(await settingOf(member.url, "server_version_num")).toMatch(/^18/);
    await member.stop();
    expect(isAlive(kept.pid)).toBe(false);
  });

  test("is kept by a member as soon as its keeper has died, and started again when it ends then", async () => {
    const kept = await startEmbeddedPostgres(dir);
    const member = await startEmbeddedPostgres(dir);
    await kept.leave();
    process.kill(kept.pid, "SIGKILL");
    await expect.poll(() => isAlive(kept.pid), { timeout: 20_000 }).toBe(false);
    await expect
      .poll(() => settingOf(member.url, "server_version_num").catch(() => "away"), { timeout: 30_000 })
      .toMatch(/^18/);
    await member.stop();
    await expect(settingOf(member.url, "server_version_num")).rejects.toThrow();
  });

  test("starts after a crash of the server itself", async () => {
    const crashed = await startEmbeddedPostgres(dir);
    await crashed.leave();
    process.kill(crashed.pid, "SIGKILL");
    const recovered = await startEmbeddedPostgres(dir);
    expect(await settingOf(recovered.url, "server_version_num")).toMatch(/^18/);
    await recovered.stop();
  });

  test("is started again, at the same address, when it ends under our hands", async () => {
    const server = await startEmbeddedPostgres(dir);
    for (const signal of ["SIGINT", "SIGKILL"] as const) {
      const pid = Number(
        (await readFile(join(await dataFolder(server.adminUrl), "postmaster.pid"), "utf8")).split("\n")[0],
      );
      process.kill(pid, signal);
      await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false);
      await expect
        .poll(() => settingOf(server.url, "server_version_num").catch(() => "away"), { timeout: 30_000 })
        .toMatch(/^18/);
    }
    await server.stop();
    await expect(settingOf(server.url, "server_version_num")).rejects.toThrow();
  });

  test("starts over a pid file whose process id now belongs to somebody else", async () => {
    const first = await startEmbeddedPostgres(dir);
    const folder = await dataFolder(first.adminUrl);
    const pidFile = await readFile(join(folder, "postmaster.pid"), "utf8");
    await first.stop();
    await writeFile(join(folder, "postmaster.pid"), pidFile.replace(/^\d+/, String(process.pid)));
    const second = await startEmbeddedPostgres(dir);
    expect(await settingOf(second.url, "server_version_num")).toMatch(/^18/);
    await second.stop();
  });
});
