import type pg from "pg";
import type { Actor } from "#server/access/can.ts";
import type { Context } from "#server/context.ts";
import type { IngestAnswer } from "#server/contracts/api/ingest.ts";
import type { Engine } from "#server/contracts/batch.ts";
import type { Committed } from "#server/contracts/committed.ts";
import type { StreamName } from "#server/contracts/streams.ts";
import { type Database, openDatabase } from "#server/db/database.ts";
import { ingestBody } from "#server/engine/ingest-body.ts";
import type { WriterOptions } from "#server/engine/writer-options.ts";
import { startTestWriter, TEST_CIPHER, TEST_TIME } from "../harness/writer-harness.ts";
import { at } from "./events.ts";

/** What commands on dead letters need: a writer on a real database, and the commands' part of the runtime. */
export interface DeadLetterHarness {
  readonly ctx: Pick<Context, "pool" | "cipher" | "engine" | "config" | "now" | "publish">;
  readonly db: Database["db"];
  readonly pool: pg.Pool;
  readonly published: Committed[];
  /** Sends lines as NDJSON, as an app does; text goes as it is. */
  send(stream: StreamName, lines: readonly (object | string)[]): Promise<IngestAnswer>;
  /** Moves the clock, ms. */
  setNow(now: number): void;
  stopWriter(): Promise<void>;
  close(): Promise<void>;
}

export const ADA: Actor = { kind: "person", id: "ada", name: "Ada", role: "administrator", sessionId: "s" };

export async function openDeadLetterHarness(
  url: string,
  given: Partial<Pick<WriterOptions, "atFaultPoint" | "dayCloseAfterHours">> = {},
): Promise<DeadLetterHarness> {
  let now = at("11-22 12:00");
  const clock = () => now;
  const database = await openDatabase({ databaseUrl: url, dataDir: "", onIdleError: () => undefined });
  await database.db.user.upsert({
    where: { id: "ada" },
    create: { id: "ada", name: "Ada", email: "ada@example.test", role: "administrator" },
    update: {},
  });
  const writer = await startTestWriter(url, undefined, TEST_TIME, { ...given, now: clock });
  const engine: Engine = { ingest: (body) => ingestBody(writer, body) };
  const published: Committed[] = [];
  let stopped: Promise<void> | null = null;
  const stopWriter = () => {
    stopped ??= writer.stop();
    return stopped;
  };
  const config = { MAX_FUTURE_SKEW_MS: 300_000 } as Context["config"];
  return {
    ctx: {
      pool: database.pool,
      cipher: TEST_CIPHER,
      engine,
      config,
      now: clock,
      publish: (committed) => void published.push(committed),
    },
    db: database.db,
    pool: database.pool,
    published,
    send: (stream, lines) =>
      engine.ingest({
        stream,
        format: "ndjson",
        bytes: Buffer.from(
          lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n"),
        ),
        clock: { kind: "wall", now, skewMs: config.MAX_FUTURE_SKEW_MS },
      }),
    setNow: (next) => {
      now = next;
    },
    stopWriter,
    close: async () => {
      await stopWriter();
      await database.close();
    },
  };
}

/** Counters and rows of each stream, as numbers. */
export async function streamCounts(pool: pg.Pool): Promise<Record<string, Record<string, number>>> {
  const { rows } = await pool.query<Record<string, string>>(
    `SELECT s.name, s.received, s.applied + s.superseded + s.duplicate + s.late + s.not_key_user + s.anonymous AS accepted,
       s.rejected, s.dead_letters_replayed AS replayed, s.dead_letters_discarded AS discarded, s.next_seq - 1 AS sequence,
       (SELECT coalesce(sum(count), 0) FROM event_log l WHERE l.stream = s.name) AS logged,
       (SELECT count(*) FROM dead_letter d WHERE d.stream = s.name) AS "deadLetters",
       (SELECT count(*) FROM dead_letter d WHERE d.stream = s.name AND state = 'open') AS "openRows",
       (SELECT count(*) FROM dead_letter d WHERE d.stream = s.name AND state = 'replayed') AS "replayedRows",
       (SELECT count(*) FROM dead_letter d WHERE d.stream = s.name AND state = 'discarded') AS "discardedRows"
     FROM stream s`,
  );
  return Object.fromEntries(
    rows.map(({ name, ...figures }) => [
      name,
      Object.fromEntries(Object.entries(figures).map(([key, value]) => [key, Number(value)])),
    ]),
  );
}
