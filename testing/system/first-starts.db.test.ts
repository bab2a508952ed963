import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readFileSync, renameSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openClient } from "#server/db/connections.ts";
import { startEmbeddedPostgres } from "#server/db/embedded/embedded-postgres.ts";
import { withDatabaseOf } from "../harness/real-server.ts";
import {
  complaints,
  emptyPlace,
  halfMade,
  processesIn,
  readyAt,
  type StartCommand,
  startCommand,
  stopCommand,
} from "../harness/start-command.ts";

/** Several starts on one DATA_DIR: one makes and keeps the database, the others wait and join. */

const ENVIRONMENT = {
  INIT_API_KEY: "first-starts-key-0123456789abcdef0123",
  INIT_ADMIN_EMAIL: "first@example.com",
  INIT_ADMIN_PASSWORD: "correct horse battery staple",
};
const GAPS_MS = [0, 300, 1_200, 2_400];
const CASES: readonly (readonly [count: number, gapMs: number])[] = process.env.LONG
  ? [2, 3, 5].flatMap((count) => GAPS_MS.map((gap) => [count, gap] as const))
  : [
      [2, 0],
      [2, 1_200],
      [3, 300],
      [5, 0],
    ];

let place: string;
let dataDir: string;
let started: StartCommand[] = [];
beforeEach(async () => {
  place = await emptyPlace("first");
  dataDir = join(place, "data");
});
afterEach(async () => {
  for (const { process } of started) process.kill("SIGKILL");
  await Promise.all(started.map(({ ended }) => ended));
  started = [];
  await rm(place, { recursive: true, force: true });
});

function start(environment: Readonly<Record<string, string>> = ENVIRONMENT): StartCommand {
  const command = startCommand(dataDir, { environment });
  started.push(command);
  return command;
}

async function startAll(count: number, gapMs: number): Promise<StartCommand[]> {
  const all: StartCommand[] = [];
  for (let number = 0; number < count; number += 1) {
    if (number > 0) await pause(gapMs); // the very thing that is tried, not a wait for something
    all.push(start());
  }
  return all;
}

const servers = () => processesIn(join(dataDir, "postgres")).filter((line) => line.includes("-D"));

const countsOf = (url: string): Promise<unknown> =>
  openClient({ connectionString: url }).then(async (client) => {
    const { rows } = await client.query(
      'SELECT (SELECT count(*)::int FROM "user") AS people, (SELECT count(*)::int FROM api_key) AS keys',
    );
    await client.end();
    return rows[0];
  });

describe("starts at once on a folder that does not exist", () => {
  test.each(CASES)(
    "%i, %i ms apart: all serve, on one database, and leave nothing half made",
    async (count, gapMs) => {
      const all = await startAll(count, gapMs);
      const addresses = await Promise.all(all.map(readyAt));
      for (const address of addresses) expect((await fetch(`${address}/healthz`)).status).toBe(200);
      if (process.platform === "linux") expect(servers()).toHaveLength(1);
      expect(all.flatMap(({ output }) => complaints(output()))).toEqual([]);
      const secret = readFileSync(join(dataDir, "secret.key"), "utf8");
      expect(secret).toMatch(/^[0-9a-f]{64}$/);
      await Promise.all(all.map(stopCommand));
      expect(processesIn(place)).toEqual([]);
      expect(halfMade(dataDir)).toEqual([]);

      const alone = start();
      await readyAt(alone);
      await stopCommand(alone);
      expect(readFileSync(join(dataDir, "secret.key"), "utf8")).toBe(secret);
      expect(await withDatabaseOf(dataDir, countsOf)).toEqual({ people: 1, keys: 1 });
    },
  );

  test("of two demos one simulates", async () => {
    const demo = { DEMO: "1" };
    const pair = [start(demo), start(demo)];
    await Promise.all(pair.map(readyAt));
    const members = pair.filter(({ output }) => output().includes("another process simulates the insurer"));
    expect(members).toHaveLength(1);
    await Promise.all(pair.map(stopCommand));
    expect(processesIn(place)).toEqual([]);
  });
});

describe("a pid file that is left over", () => {
  let other: { stop(): Promise<void> } | undefined;
  let sleeper: ChildProcess | undefined;
  afterEach(async () => {
    sleeper?.kill("SIGKILL");
    await other?.stop();
    other = undefined;
  });

  /** What a server that died left in the folder, with the number of a process that lives. */
  async function leavePidFile(pid: number): Promise<void> {
    const server = await startEmbeddedPostgres(dataDir);
    const path = join(dataDir, "postgres", "postmaster.pid");
    const lines = (await readFile(path, "utf8")).split("\n");
    await server.stop();
    await writeFile(path, [String(pid), ...lines.slice(1)].join("\n"));
  }

  test.each([1, 2])("names a PostgreSQL of another folder: %i starts do not wait for it", async (count) => {
    const neighbour = await startEmbeddedPostgres(join(place, "neighbour"));
    other = neighbour;
    await leavePidFile(neighbour.pid);
    const began = performance.now();
    const all = await startAll(count, 0);
    await Promise.all(all.map(readyAt));
    expect(performance.now() - began).toBeLessThan(60_000);
    await Promise.all(all.map(stopCommand));
    process.kill(neighbour.pid, 0);
  });

  test("names a process that is no PostgreSQL, though it says the word", async () => {
    sleeper = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", "postgres", dataDir]);
    await leavePidFile(sleeper.pid ?? 0);
    const alone = start();
    await readyAt(alone);
    await stopCommand(alone);
  });

  test("of a folder that was moved while its server ran is known by the folder", async () => {
    const neighbour = await startEmbeddedPostgres(dataDir);
    await neighbour.stop();
    const moved = join(place, "moved");
    mkdirSync(moved);
    renameSync(dataDir, join(moved, "data"));
    dataDir = join(moved, "data");
    const alone = start();
    await readyAt(alone);
    await stopCommand(alone);
  });
});

describe("the keeper of a database", () => {
  const isServing = (address: string) =>
    fetch(`${address}/readyz`).then(
      ({ status }) => status,
      () => 0,
    );

  test("is killed, and the database with it: who had joined starts it again and serves", async () => {
    const keeper = start();
    await readyAt(keeper);
    const member = start();
    const address = await readyAt(member);
    const pid = Number(readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);
    const server = Number(readFileSync(join(dataDir, "postgres.keeper"), "utf8"));
    process.kill(server, "SIGKILL");
    process.kill(pid, "SIGKILL");
    await keeper.ended;
    await expect.poll(member.output, { timeout: 30_000 }).toContain("this one keeps it now");
    await expect.poll(member.output, { timeout: 30_000 }).toContain("the embedded PostgreSQL is back");
    await expect.poll(() => isServing(address), { timeout: 60_000 }).toBe(200);
    await stopCommand(member);
    expect(processesIn(place)).toEqual([]);
  });

  test("is stopped: who had joined goes on without a break and stops the database at its own end", async () => {
    const keeper = start();
    await readyAt(keeper);
    const member = start();
    const address = await readyAt(member);
    await stopCommand(keeper);
    expect(keeper.output()).toContain("the embedded PostgreSQL goes on");
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    await expect.poll(member.output, { timeout: 30_000 }).toContain("this one keeps it now");
    await expect.poll(() => isServing(address), { timeout: 30_000 }).toBe(200);
    expect(member.output()).not.toContain("has ended and is started again");
    await stopCommand(member);
    expect(processesIn(place)).toEqual([]);
  });
});
