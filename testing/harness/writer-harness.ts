import { randomUUID } from "node:crypto";
import pg from "pg";
import { expect, inject, vi } from "vitest";
import type { BatchOutcome, IngestBatch } from "#server/contracts/batch.ts";
import type { BatchEvents } from "#server/contracts/batch-events.ts";
import { BusinessTime } from "#server/contracts/business-time.ts";
import type { OrderEvent, StreamEvents } from "#server/contracts/events.ts";
import { columnsOf } from "#server/contracts/order-columns-builder.ts";
import type { StreamName } from "#server/contracts/streams.ts";
import { BackupKey } from "#server/db/backup/backup-key.ts";
import { Writer } from "#server/engine/writer.ts";
import type { WriterOptions } from "#server/engine/writer-options.ts";
import { FieldCipher } from "#server/lib/field-cipher.ts";
import { createLog } from "#server/lib/log.ts";
import { at } from "../factories/events.ts";
import { startSeeded, TEMPLATE } from "./seed-folder.ts";

/** A real PostgreSQL for one test file; each test gets a migrated database of its own. */
export interface TestServer {
  freshDatabase(): Promise<string>;
  /** Without a schema. */
  emptyDatabase(): Promise<string>;
  /** Address of a database for the role that only reads. */
  readerOf(databaseUrl: string): string;
  /** The server's own database, by its administrator. */
  readonly adminUrl: string;
  stop(): Promise<void>;
  /** Goes away while others are connected; only a server of the file's own does. */
  stopAtOnce(): Promise<void>;
}

/**
 * @param kind `shared`: the worker's, on which nothing is flushed to the disk. `own`: for tests in which servers or writers
 * die, or that change or stop the server itself.
 */
export async function startTestServer(kind: "shared" | "own" = "shared"): Promise<TestServer> {
  const own = kind === "own" ? await startSeeded(inject("seedFolder"), true) : null;
  const server = own ?? inject("sharedServers")[Number(process.env.VITEST_POOL_ID) - 1];
  if (!server) throw new Error(`worker ${process.env.VITEST_POOL_ID} has no server`);
  const admin = new pg.Client({ connectionString: server.adminUrl });
  await admin.connect();
  // Copying files is quicker, but first writes everything out: where that reaches the disk it is not.
  const strategy = own ? "WAL_LOG" : "FILE_COPY";
  const made: string[] = [];
  const create = async (from: string) => {
    const name = `test_${randomUUID().replaceAll("-", "")}`;
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${from} OWNER tidewatch STRATEGY ${strategy}`);
    made.push(name);
    return server.url.replace(/\w+$/, name);
  };
  const stopAtOnce = async () => {
    await admin.end();
    await own?.stop();
  };
  return {
    freshDatabase: () => create(TEMPLATE),
    emptyDatabase: () => create("template0"),
    readerOf: (databaseUrl) => server.readerUrl.replace(/\w+$/, new URL(databaseUrl).pathname.slice(1)),
    adminUrl: server.adminUrl,
    stop: async () => {
      try {
        await connectionsHaveEnded(admin);
        if (!own) for (const name of made) await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      } finally {
        await stopAtOnce();
      }
    },
    stopAtOnce,
  };
}

/**
 * A pool says that it has ended when it has said goodbye; a server that stops before it has heard so answers with an
 * error to nobody in particular.
 */
async function connectionsHaveEnded(admin: pg.Client): Promise<void> {
  const open = "SELECT count(*)::int AS open FROM pg_stat_activity WHERE datname LIKE 'test\\_%'";
  await vi.waitFor(async () => expect((await admin.query(open)).rows[0].open).toBe(0), {
    timeout: 10_000,
    interval: 20,
  });
}

export const TEST_SECRET = "a secret of tests, longer than thirty-two characters";
export const TEST_CIPHER = new FieldCipher(TEST_SECRET);
export const TEST_BACKUP_KEY = new BackupKey(TEST_SECRET, "TEST_SECRET");
export const TEST_TIME = new BusinessTime("Asia/Shanghai");

/** Days stay open: what a test does with them is no matter of their age. */
const NEVER_HOURS = 1_000_000;

export async function startTestWriter(
  databaseUrl: string,
  queueCapacity = 100_000,
  time = TEST_TIME,
  given: Partial<
    Pick<WriterOptions, "dayCloseAfterHours" | "now" | "atFaultPoint" | "patience" | "residency" | "log">
  > = {},
): Promise<Writer> {
  const writer = new Writer({
    databaseUrl,
    queueCapacity,
    cipher: TEST_CIPHER,
    time,
    log: createLog("silent"),
    now: () => at("11-23 00:00"),
    dayCloseAfterHours: NEVER_HOURS,
    ...given,
  });
  await writer.start();
  return writer;
}

/** A batch of valid events, accepted at noon unless said otherwise. */
export function batchOf<S extends StreamName>(
  stream: S,
  events: Iterable<StreamEvents[S]>,
  given: Partial<
    Pick<IngestBatch, "rejects" | "unknownFields" | "acceptedAt" | "clockFrom" | "eventClock">
  > = {},
): IngestBatch<S> {
  const acceptedAt = at("11-22 12:00");
  const rejects = given.rejects ?? [];
  const list = [...events];
  return {
    stream,
    events: (stream === "orders" ? columnsOf(list as OrderEvent[]) : list) as BatchEvents[S],
    received: list.length + rejects.length,
    unknownFields: 0,
    eventClock: false,
    acceptedAt,
    clockFrom: given.acceptedAt ?? acceptedAt,
    ...given,
    rejects,
  };
}

/** Dispositions that are not zero. */
export function counts(outcome: BatchOutcome): Record<string, number> {
  return Object.fromEntries(Object.entries(outcome.dispositions).filter(([, count]) => count > 0));
}
