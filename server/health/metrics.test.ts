import { describe, expect, test } from "vitest";
import { createLog } from "../lib/log.ts";
import type { HealthDependencies } from "./handler.ts";
import { createMetrics } from "./metrics.ts";

const STATUS = { state: "leading", queuedEvents: 7, lastCommitMs: 12 };

/** Answers the outbox's question and that for the last pruning; whatever else is asked has no rows. */
function metrics(outbox: () => Promise<{ rows: unknown[] }>, pruned: unknown[] = []) {
  const query = (sql: string) => {
    if (sql.includes("FROM outbox")) return outbox();
    return Promise.resolve({ rows: sql.includes("'pruned'") ? pruned : [] });
  };
  const dependencies = {
    pool: { query },
    writer: { status: () => STATUS },
    live: { socketCount: () => 3 },
    notifier: { lastPassAt: () => 1_763_900_000_000 },
    log: createLog("silent"),
  } as unknown as HealthDependencies;
  return createMetrics(dependencies);
}

describe("gauges", () => {
  test("tell the writer, the sockets and the notices", async () => {
    const text = await metrics(async () => ({ rows: [{ depth: 4, dead: 2, oldest: null }] })).text();
    for (const line of [
      "tidewatch_writer_leading 1",
      "tidewatch_writer_queued_events 7",
      "tidewatch_writer_last_commit_seconds 0.012",
      "tidewatch_sockets 3",
      "tidewatch_notifier_last_pass_timestamp_seconds 1763900000",
      'tidewatch_deliveries{state="pending"} 4',
      'tidewatch_deliveries{state="dead"} 2',
    ]) {
      expect(text.split("\n")).toContain(line);
    }
  });

  test("tell what the last night let go of, once there was one", async () => {
    const pruned = (names: readonly string[]) => ({ pruned: names, kept: [] });
    const value = {
      at: "2026-11-22T20:00:00.000Z",
      log: { pruned: ["a", "b"], kept: [{ partition: "c", need: "open day" }] },
      orders: pruned(["d"]),
      deadLetters: pruned([]),
      notices: 9,
    };
    const night = await metrics(async () => ({ rows: [] }), [{ value }]).text();
    for (const line of [
      "tidewatch_pruned_timestamp_seconds 1795377600",
      'tidewatch_pruned{what="log"} 2',
      'tidewatch_pruned{what="orders"} 1',
      'tidewatch_pruned{what="dead_letters"} 0',
      'tidewatch_pruned{what="notices"} 9',
      'tidewatch_pruned{what="kept"} 1',
    ]) {
      expect(night.split("\n")).toContain(line);
    }
    expect(await metrics(async () => ({ rows: [] })).text()).not.toContain("tidewatch_pruned{");
  });

  test("a scrape without the database still tells what this process knows", async () => {
    const away = metrics(() => Promise.reject(new Error("connection refused")));
    const text = await away.text();
    expect(text).toContain("tidewatch_writer_leading 1");
    expect(text).not.toContain('tidewatch_deliveries{state="dead"}');
  });
});
