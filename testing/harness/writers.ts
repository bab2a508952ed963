import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from "vitest";
import type { Writer } from "#server/engine/writer.ts";
import type { WriterOptions } from "#server/engine/writer-options.ts";
import { startTestServer, startTestWriter, TEST_TIME, type TestServer } from "./writer-harness.ts";

/** Writers on a database that each test has for itself; whatever still runs at its end is stopped. */
export interface Writers {
  readonly url: string;
  readonly pool: pg.Pool;
  start(
    given?: Partial<
      Pick<WriterOptions, "queueCapacity" | "atFaultPoint" | "dayCloseAfterHours" | "now" | "time">
    >,
  ): Promise<Writer>;
  /** Before the end of the test. */
  stop(writer: Writer): Promise<void>;
  isLeading(writer: Writer): Promise<void>;
  rows(sql: string): Promise<unknown[][]>;
  /** The figures, hour by hour. */
  hours(): Promise<unknown[][]>;
  /** What became of the orders received, and the number of the next one. */
  received(): Promise<unknown[][]>;
}

/** Call once in a test file. @param kind of server, as `startTestServer` has it */
export function writersForEachTest(kind: "shared" | "own" = "shared"): Writers {
  let server: TestServer;
  let url = "";
  let pool: pg.Pool;
  let running: Writer[] = [];

  beforeAll(async () => {
    server = await startTestServer(kind);
  }, 60_000);
  afterAll(() => server.stop());
  beforeEach(async () => {
    url = await server.freshDatabase();
    pool = new pg.Pool({ connectionString: url });
    pool.on("error", () => undefined); // some tests cut connections on purpose
    running = [];
  });
  afterEach(async () => {
    await Promise.all(running.map((writer) => writer.stop()));
    await pool.end();
  });

  const rows = async (sql: string) => (await pool.query({ text: sql, rowMode: "array" })).rows;
  return {
    get url() {
      return url;
    },
    get pool() {
      return pool;
    },
    start: async ({ queueCapacity, time = TEST_TIME, ...given } = {}) => {
      const writer = await startTestWriter(url, queueCapacity, time, given);
      running.push(writer);
      return writer;
    },
    stop: async (writer) => {
      running = running.filter((each) => each !== writer);
      await writer.stop();
    },
    isLeading: async (writer) => {
      await vi.waitFor(() => expect(writer.status().state).toBe("leading"), {
        timeout: 15_000,
        interval: 20,
      });
    },
    rows,
    hours: () =>
      rows(`SELECT biz_hour, total_premium, policy_cnt, policy_holder_cnt, gross_premium, gross_order_cnt
            FROM hour_figure ORDER BY biz_hour`),
    received: () =>
      rows("SELECT received, applied, superseded, duplicate, next_seq FROM stream WHERE name = 'orders'"),
  };
}
