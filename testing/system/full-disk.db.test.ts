import { spawnSync } from "node:child_process";
import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterAll, afterEach, expect, test } from "vitest";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "#server/db/embedded/embedded-postgres.ts";
import { type RealServer, startRealServer, withDatabaseOf } from "../harness/real-server.ts";
import {
  BOUNDED_BYTES,
  expectAllOrders,
  noTraffic,
  readiness,
  residentBytes,
  sendOrders,
  TRAFFIC_KEY,
} from "../harness/traffic.ts";

/**
 * The disk of the embedded database is full. PostgreSQL refuses commits, then gives up altogether: nothing acknowledged is
 * lost, senders are told to come again, and all goes on by itself when there is room again.
 */

const DISK_MB = 320;
const FULL_MS = process.env.LONG ? 60_000 : 5_000;
const CAUGHT_UP_MS = 120_000;
const EVENTS_PER_SECOND = 5_000;

/** A small disk of our own, where the operating system lets us have one. */
const disk = mkdtempSync(join(tmpdir(), "tidewatch-disk-"));
const isMounted =
  process.platform === "linux" &&
  spawnSync("mount", ["-t", "tmpfs", "-o", `size=${DISK_MB}m,mode=755`, "tmpfs", disk]).status === 0;
if (!isMounted) console.info("skipped: a full disk needs the right to mount a small one");

const dataDir = join(disk, "data");
const ballast = join(disk, "ballast");
let server: RealServer | undefined;
afterEach(() => server?.stop());
afterAll(() => {
  if (isMounted) spawnSync("umount", ["-l", disk]);
  rmSync(disk, { recursive: true, force: true });
});

/** Takes all room that is left. */
function fillDisk(): void {
  const file = openSync(ballast, "a");
  try {
    for (let size = 1 << 20; size >= 4096; size >>= 1) {
      const block = Buffer.alloc(size, 1);
      try {
        for (;;) if (writeSync(file, block) < size) break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
      }
    }
  } finally {
    closeSync(file);
  }
}

/** What PostgreSQL has set aside for its write-ahead log goes as well; without it there is no going on for it. */
async function useUpWriteAheadLog(member: EmbeddedPostgres): Promise<void> {
  const client = new pg.Client({ connectionString: member.url });
  client.on("error", () => undefined);
  await client.connect();
  const megabytes =
    "SELECT pg_logical_emit_message(true, 'test', repeat('x', 1000000)) FROM generate_series(1, 400)";
  await expect(client.query(megabytes)).rejects.toThrow();
  await client.end().catch(() => undefined);
  await member.leave();
}

/** Mostly PostgreSQL ends and is started again in vain; now and then it stands still in its recovery until there is room. */
async function endsOrStandsStill(running: RealServer): Promise<void> {
  const hasEnded = () => running.output().includes("PostgreSQL has ended");
  const until = Date.now() + 10_000;
  while (!hasEnded() && Date.now() < until) await pause(50);
  if (!hasEnded()) console.info("PostgreSQL stands still");
  expect(await readiness(running)).toBe(503);
}

test.skipIf(!isMounted)(`the disk is full for ${FULL_MS / 1000} s under 5,000 events a second`, async () => {
  mkdirSync(dataDir);
  chmodSync(dataDir, 0o755);
  const running = await startRealServer(dataDir, { INIT_API_KEY: TRAFFIC_KEY });
  server = running;
  const traffic = noTraffic();
  let isSending = true;
  const sending = sendOrders(running, traffic, EVENTS_PER_SECOND, () => isSending);
  await expect.poll(() => traffic.acknowledged, { timeout: 20_000 }).toBeGreaterThan(3);
  const memory = await residentBytes(running);

  const member = await startEmbeddedPostgres(dataDir); // joining writes a file
  fillDisk();
  await expect.poll(() => traffic.refused, { timeout: 60_000 }).toBeGreaterThan(0);
  await expect.poll(() => readiness(running), { timeout: 30_000 }).toBe(503);
  await useUpWriteAheadLog(member);
  await endsOrStandsStill(running);
  await pause(FULL_MS);
  expect((await fetch(`${running.address}/healthz`)).status).toBe(200);
  expect((await residentBytes(running)) - memory).toBeLessThan(BOUNDED_BYTES);

  rmSync(ballast);
  const restored = performance.now();
  await expect.poll(() => readiness(running), { timeout: 60_000 }).toBe(200);
  isSending = false;
  const bodies = await sending;
  console.info(`caught up ${Math.round(performance.now() - restored)} ms after there was room`);
  expect(performance.now() - restored).toBeLessThan(CAUGHT_UP_MS);
  expect(traffic.withoutRetryAfter).toBe(0);
  expect(traffic.acknowledged).toBe(bodies);
  await running.stop();
  await withDatabaseOf(dataDir, async (url) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await expectAllOrders(client, bodies).finally(() => client.end());
  });
});
