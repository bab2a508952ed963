import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { at, order } from "#testing/factories/events.ts";
import {
  batchOf,
  startTestServer,
  startTestWriter,
  type TestServer,
} from "#testing/harness/writer-harness.ts";
import type { Reject } from "../contracts/events.ts";
import { DISPOSITIONS } from "../contracts/streams.ts";
import { pipelineStatus } from "./pipeline-status.ts";

const NOON = at("11-22 12:00");

function reject(line: number): Reject {
  return { line, code: "bad_json", field: null, message: "the line is not JSON", raw: Buffer.from("{") };
}

describe("the state of the pipeline", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  test("tells of each stream dispositions that add up to what was received", async () => {
    const url = await server.freshDatabase();
    const writer = await startTestWriter(url);
    const pool = new pg.Pool({ connectionString: url });
    const event = order({ userId: "7", orderNo: "A1", gmtModified: NOON - 4_000 });
    await writer.submit(batchOf("orders", [event, event], { rejects: [reject(3)], unknownFields: 2 }));
    await writer.submit(batchOf("orders", [event]));

    const live = { rate: () => 2.5, socketCount: () => 3, recentMoves: () => ({ items: [], perSecond: 0 }) };
    const status = await pipelineStatus({ pool, live, writer, now: () => NOON });
    expect(status.streams.map(({ stream }) => stream)).toEqual(["orders", "premium_changes", "page_views"]);
    for (const { dispositions, received } of status.streams) {
      expect(DISPOSITIONS.reduce((sum, name) => sum + dispositions[name], 0)).toBe(received);
    }
    expect(status.streams[0]).toMatchObject({
      received: 4,
      dispositions: { applied: 1, duplicate: 2, rejected: 1 },
      unknownFields: 2,
      ratePerSecond: 2.5,
      lastBatchSize: 1,
      lagSeconds: 4,
      watermark: new Date(NOON - 4_000).toISOString(),
    });
    expect(status.streams[1]).toMatchObject({
      received: 0,
      lagSeconds: null,
      watermark: null,
      lastCommitAt: null,
    });
    expect(status).toMatchObject({
      writer: { state: "leading", queuedEvents: 0 },
      sockets: { connected: 3 },
      deadLetters: { total: 1 },
    });
    await writer.stop();
    await pool.end();
  });
});
