import { rm } from "node:fs/promises";
import pg from "pg";
import { expect, inject, vi } from "vitest";
import type { BatchOutcome, IngestBatch } from "#server/contracts/batch.ts";
import type { BatchEvents } from "#server/contracts/batch-events.ts";
import { BusinessTime } from "#server/contracts/business-time.ts";
import type { OrderEvent, StreamEvents } from "#server/contracts/events.ts";
import { columnsOf } from "#server/contracts/order-columns-builder.ts";
import type { StreamName } from "#server/contracts/streams.ts";
import { BackupKey } from "#server/db/backup/backup-key.ts";
import { startEmbeddedPostgres } from "#server/db/embedded/embedded-postgres.ts";
import { migrate } from "#server/db/migrate.ts";
import { Writer } from "#server/engine/writer.ts";
import type { WriterOptions } from "#server/engine/writer-options.ts";
import { FieldCipher } from "#server/lib/field-cipher.ts";
import { createLog } from "#server/lib/log.ts";
import { at } from "../factories/events.ts";
import { copyFolder, makeDir, TEMPLATE } from "./seed-folder.ts";

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
  /** Goes away while others are connected. */
  stopAtOnce(): Promise<void>;
}

/** @param isDurable false: quicker, for tests in which no server dies */
export async function startTestServer(isDurable = true): Promise<TestServer> {
  const dir = await makeDir();
  const seed = inject("seedFolder");
  if (seed !== null) await copyFolder(seed, dir);
  const server = await startEmbeddedPostgres(dir);
  const admin = new pg.Client({ connectionString: server.adminUrl });
  await admin.connect();
  if (seed === null) await admin.query("GRANT SET ON PARAMETER session_replication_role TO tidewatch");
  if (!isDurable) {
    await admin.query("ALTER SYSTEM SET fsync = off");
    await admin.query("SELECT pg_reload_conf()");
  }
  let made = 0;
  let template: Promise<void> | undefined = seed === null ? undefined : Promise.resolve();
  const create = async (from: string) => {
    made += 1;
    const name = `test_${made}`;
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${from} OWNER tidewatch`);
    return server.url.replace(/\w+$/, name);
  };
  const stopAtOnce = async () => {
    await admin.end();
    await server.stop();
    await rm(dir, { recursive: true, force: true });
  };
  return {
    freshDatabase: async () => {
      template ??= migratedTemplate(admin, server.url);
      await template;
      return create(TEMPLATE);
    },
    emptyDatabase: () => create("template0"),
    readerOf: (databaseUrl) => server.readerUrl.replace(/\w+$/, new URL(databaseUrl).pathname.slice(1)),
    adminUrl: server.adminUrl,
    stop: async () => {
      try {
        await connectionsHaveEnded(admin);
      } finally {
        await stopAtOnce();
      }
    },
    stopAtOnce,
  };
}

/** A migrated database that others are copied from: quicker than migrating each. */
async function migratedTemplate(admin: pg.Client, serverUrl: string): Promise<void> {
  await admin.query(`CREATE DATABASE ${TEMPLATE} OWNER tidewatch`);
  await migrate(serverUrl.replace(/\w+$/, TEMPLATE));
  await connectionsHaveEnded(admin, TEMPLATE);
}

/**
 * A pool says that it has ended when it has said goodbye; a server that stops before it has heard so answers with an
 * error to nobody in particular.
 */
async function connectionsHaveEnded(admin: pg.Client, names = "test\\_%"): Promise<void> {
  const open = "SELECT count(*)::int AS open FROM pg_stat_activity WHERE datname LIKE $1";
  await vi.waitFor(async () => expect((await admin.query(open, [names])).rows[0].open).toBe(0), {
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
