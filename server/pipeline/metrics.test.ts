import { describe, expect, test } from "vitest";
import { createLog } from "../lib/log.ts";
import { createMetrics } from "./metrics.ts";
import type { ProbeDependencies } from "./probe-dependencies.ts";

const STATUS = { state: "leading", queuedEvents: 7, lastCommitMs: 12 };

const EVENTS = [{ stream: "orders", disposition: "applied", events: "7" }];
const DEAD_LETTERS = [{ stream: "orders", open: "3", replayed: "2", discarded: "1" }];

/** Answers the outbox's question, that for the last pruning and those for the counts of streams; nothing else has rows. */
function metrics(outbox: () => Promise<{ rows: unknown[] }>, pruned: unknown[] = []) {
  const query = (sql: string, values: readonly unknown[] = []) => {
    if (sql.includes("FROM stream s")) return outbox().then(() => ({ rows: EVENTS }));
    if (sql.includes("dead_letters_replayed")) return outbox().then(() => ({ rows: DEAD_LETTERS }));
    if (sql.includes("FROM outbox")) return outbox();
    return Promise.resolve({ rows: values.includes("job prune") ? pruned : [] });
  };
  const dependencies = {
    pool: { query },
    writer: { status: () => STATUS },
    live: { socketCount: () => 3 },
    notifier: { lastPassAt: () => 1_763_900_000_000 },
    log: createLog("silent"),
  } as unknown as ProbeDependencies;
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

  test("tell what the last night deleted, once there was one", async () => {
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

/** What `promtool check metrics` holds against a name, a type or a help text. */
describe("Prometheus's own rules", () => {
  const UNITS = /_(?:milliseconds|minutes|hours|days|ms|kilobytes|megabytes|kb|mb|percent)(?:_|$)/;
  const ours = async () => {
    const text = await metrics(async () => ({ rows: [{ depth: 4, dead: 2, oldest: null }] })).text();
    const told = (what: string) =>
      new Map(
        [...text.matchAll(new RegExp(`^# ${what} (tidewatch_\\S+) (.*)$`, "gm"))].map(
          ([, name = "", rest = ""]) => [name, rest],
        ),
      );
    return { text, helps: told("HELP"), types: told("TYPE") };
  };

  test("each has a help text and a type; counters, and they alone, end in _total", async () => {
    const { text, helps, types } = await ours();
    expect(types.size).toBeGreaterThan(8);
    for (const [name, type] of types) {
      expect([name, name.endsWith("_total")]).toEqual([name, type === "counter"]);
      expect(name).toMatch(/^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/);
      expect(name).not.toMatch(UNITS);
      expect(name).not.toMatch(/_(?:counter|gauge|histogram|summary|count|sum|bucket|info)$/);
      expect(helps.get(name)).toMatch(/\S/);
    }
    for (const [, name = ""] of text.matchAll(/^(tidewatch_\w+)/gm)) expect(types.has(name)).toBe(true);
  });

  test("what only grows is a counter, and is the same at each scrape", async () => {
    const one = metrics(async () => ({ rows: [] }));
    for (const text of [await one.text(), await one.text()]) {
      for (const line of [
        "# TYPE tidewatch_events_total counter",
        'tidewatch_events_total{stream="orders",disposition="applied"} 7',
        "# TYPE tidewatch_dead_letters_open gauge",
        'tidewatch_dead_letters_open{stream="orders"} 3',
        "# TYPE tidewatch_dead_letters_settled_total counter",
        'tidewatch_dead_letters_settled_total{stream="orders",state="replayed"} 2',
        'tidewatch_dead_letters_settled_total{stream="orders",state="discarded"} 1',
      ]) {
        expect(text.split("\n")).toContain(line);
      }
    }
  });
});
