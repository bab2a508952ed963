import { setImmediate as nextTurn } from "node:timers/promises";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Committed } from "../contracts/committed.ts";
import type { OrderEvent } from "../contracts/events.ts";
import { TooBusy, Unavailable } from "../lib/errors.ts";
import { readDayOrders } from "../store/log.ts";
import { at, fen, order, pageView } from "../test/events.ts";
import {
  batchOf,
  counts,
  startTestServer,
  startTestWriter,
  TEST_TIME,
  TEST_VAULT,
  type TestServer,
} from "../test/writer-harness.ts";
import type { Writer } from "./writer.ts";

let server: TestServer;
let url: string;
let pool: pg.Pool;
let writers: Writer[];

beforeAll(async () => {
  server = await startTestServer();
}, 60_000);
afterAll(() => server.stop());
beforeEach(async () => {
  url = await server.freshDatabase();
  pool = new pg.Pool({ connectionString: url });
  pool.on("error", () => undefined); // a test cuts connections on purpose
  writers = [];
});
afterEach(async () => {
  await Promise.all(writers.map((writer) => writer.stop()));
  await pool.end();
});

async function start(queueCapacity?: number): Promise<Writer> {
  const writer = await startTestWriter(url, queueCapacity);
  writers.push(writer);
  return writer;
}

async function stop(writer: Writer): Promise<void> {
  writers = writers.filter((each) => each !== writer);
  await writer.stop();
}

const isLeading = (writer: Writer) =>
  vi.waitFor(() => expect(writer.status().state).toBe("leading"), { timeout: 15_000, interval: 20 });

async function rows(sql: string): Promise<unknown[][]> {
  return (await pool.query({ text: sql, rowMode: "array" })).rows;
}

const hours = () =>
  rows(`SELECT biz_hour, total_premium, policy_cnt, policy_holder_cnt, gross_premium, gross_order_cnt
        FROM hour_figure ORDER BY biz_hour`);
const received = () =>
  rows("SELECT received, applied, superseded, duplicate, next_seq FROM stream WHERE name = 'orders'");

const first = order({ userId: "7", orderNo: "A1", gmtModified: at("11-22 10:05"), payable: fen("100") });
const second = order({ userId: "8", orderNo: "B1", gmtModified: at("11-22 10:30"), payable: fen("50") });
const third = order({ userId: "7", orderNo: "A2", gmtModified: at("11-22 11:10"), payable: fen("80") });
const AFTER_THREE = [
  ["2026112210", "50.00", 1, 1, "150.00", 2],
  ["2026112211", "80.00", 1, 1, "80.00", 1],
];

describe("a commit", () => {
  test("acknowledges after figures, log and counters are in the database (C10)", async () => {
    const writer = await start();
    const outcome = await writer.submit(batchOf("orders", [first, second, third]));
    expect(outcome).toMatchObject({ firstSeq: 1n, lastSeq: 3n });
    expect(counts(outcome)).toEqual({ applied: 3 });
    expect(await hours()).toEqual(AFTER_THREE);
    expect(await rows("SELECT stream, first_seq, count FROM event_log")).toEqual([["orders", "1", 3]]);
    expect(await received()).toEqual([["3", "3", "0", "0", "4"]]);
  });

  test("tells its listeners what changed, and only once it stands", async () => {
    const writer = await start();
    const told: Committed[] = [];
    writer.onCommitted((committed) => told.push(committed));
    await writer.submit(batchOf("orders", [first, third]));
    expect(told).toHaveLength(1);
    expect(told[0]?.hours.map((hour) => [hour.bizHour, hour.totalPremium])).toEqual([
      ["2026112210", 0n],
      ["2026112211", fen("80")],
    ]);
    expect(told[0]?.moves.map((move) => [move.orderNo, move.before?.orderNo ?? null])).toEqual([
      ["A1", null],
      ["A2", "A1"],
    ]);
    expect(told[0]?.ordersWatermark).toBe(third.gmtModified);
  });

  test("stands whatever a listener does", async () => {
    const writer = await start();
    writer.onCommitted(() => {
      throw new Error("listener");
    });
    await writer.submit(batchOf("orders", [first]));
    expect(counts(await writer.submit(batchOf("orders", [first])))).toEqual({ duplicate: 1 });
  });

  test("keeps rejects as dead letters, sealed, with the events beside them (C7)", async () => {
    const writer = await start();
    const raw = Buffer.from('{"customer_tel":"13812345678"}');
    const reject = { line: 2, code: "missing_field", field: "id", message: "id is missing", raw } as const;
    const outcome = await writer.submit(batchOf("orders", [first], { rejects: [reject], unknownFields: 3 }));
    expect(counts(outcome)).toEqual({ applied: 1, rejected: 1 });
    const [letter] = (await pool.query("SELECT * FROM dead_letter")).rows;
    expect(letter).toMatchObject({ stream: "orders", line: 2, code: "missing_field", field: "id" });
    expect(letter.payload.includes("138")).toBe(false);
    expect(TEST_VAULT.open(letter.payload, "dead_letter")).toEqual(raw);
    expect(await rows("SELECT rejected, unknown_fields FROM stream WHERE name = 'orders'")).toEqual([
      ["1", "3"],
    ]);
  });

  test("joins requests that come together; each gets its own outcome (C11)", async () => {
    const writer = await start();
    const outcomes = await Promise.all(
      [[first], [second, second], [], [third]].map((events) => writer.submit(batchOf("orders", events))),
    );
    expect(outcomes.map(counts)).toEqual([{ applied: 1 }, { applied: 1, duplicate: 1 }, {}, { applied: 1 }]);
    expect(outcomes.map(({ firstSeq, lastSeq }) => [firstSeq, lastSeq])).toEqual([
      [1n, 1n],
      [2n, 3n],
      [null, null],
      [4n, 4n],
    ]);
    expect(await hours()).toEqual(AFTER_THREE);
  });

  test("leaves no row for an hour without any figures (O5)", async () => {
    const writer = await start();
    await writer.submit(batchOf("orders", [first]));
    await writer.submit(batchOf("orders", [{ ...first, gmtModified: at("11-22 13:00") }]));
    expect(await hours()).toEqual([["2026112213", "100.00", 1, 1, "100.00", 1]]);
  });

  test("puts personal data nowhere in clear", async () => {
    const writer = await start();
    const canary = { customerName: "canary-name", customerTel: "canary-tel", certificateNo: "canary-cert" };
    await writer.submit(batchOf("orders", [order(canary)]));
    await stop(writer);
    for (const table of ["last_order", "event_log", "gross_order", "hour_figure"]) {
      const [[text]] = (await rows(`SELECT string_agg(t::text, '') FROM ${table} t`)) as [[string]];
      expect(text).not.toBe("");
      expect(Buffer.from(text.replaceAll(/[^0-9a-f]/g, ""), "hex").includes("canary")).toBe(false);
      expect(text).not.toContain("canary");
    }
  });
});

describe("a delivery that comes again (C9)", () => {
  test("is all duplicates and changes no table but the counters", async () => {
    const writer = await start();
    await writer.submit(batchOf("orders", [first, second, third]));
    const again = await writer.submit(batchOf("orders", [third, second]));
    expect(counts(again)).toEqual({ duplicate: 2 });
    expect(counts(await writer.submit(batchOf("orders", [first])))).toEqual({ superseded: 1 });
    expect(await hours()).toEqual(AFTER_THREE);
  });

  test("is a duplicate after a restart as well, when its day has to be loaded", async () => {
    await stop(await startAndSubmit());
    const writer = await start();
    expect(counts(await writer.submit(batchOf("orders", [third, second])))).toEqual({ duplicate: 2 });
    expect(await hours()).toEqual(AFTER_THREE);
  });

  async function startAndSubmit(): Promise<Writer> {
    const writer = await start();
    await writer.submit(batchOf("orders", [first, second, third]));
    return writer;
  }
});

describe("what the state tables show", () => {
  test("is there as soon as the sender of a small batch is told", async () => {
    const writer = await start();
    await writer.submit(batchOf("orders", [first, second]));
    expect(await rows("SELECT count(*)::int FROM last_order")).toEqual([[2]]);
    expect(await rows("SELECT count(*)::int FROM gross_order")).toEqual([[2]]);
    await writer.submit(batchOf("page_views", [pageView()]));
    expect(await rows("SELECT page_name FROM last_page")).toEqual([["Term life"]]);
  });

  test("follows a large batch by itself", async () => {
    const writer = await start();
    await writer.submit(batchOf("orders", [...ordersWrittenBehind(), first]));
    await writer.submit(batchOf("orders", [third]));
    await expect
      .poll(() => rows("SELECT count(*)::int, count(*) FILTER (WHERE order_no = 'A2')::int FROM last_order"))
      .toEqual([[301, 1]]);
  });
});

/** So many that their state rows follow after their commit; of the day before the one that the tests look at. */
function ordersWrittenBehind(): OrderEvent[] {
  return Array.from({ length: 300 }, (_, index) =>
    order({ userId: `9000${index}`, orderNo: `M${index}`, gmtModified: at("11-21 10:00") }),
  );
}

describe("a restart (C12)", () => {
  test("a stop during a commit commits what waits behind it, and ends", async () => {
    const writer = await start();
    const first = writer.submit(batchOf("orders", [order({ userId: "7", orderNo: "A" })]));
    await nextTurn();
    const second = writer.submit(batchOf("orders", [order({ userId: "8", orderNo: "B" })]));
    await stop(writer);
    for (const { dispositions } of await Promise.all([first, second])) expect(dispositions.applied).toBe(1);
  });

  test("after a clean stop finds all state in the tables and takes the lease at once", async () => {
    const before = await start();
    await before.submit(batchOf("orders", [first, second]));
    await before.submit(batchOf("page_views", [pageView(), pageView({ accountId: null })]));
    await stop(before);
    expect(await rows("SELECT count(*)::int FROM last_order")).toEqual([[2]]);
    expect(await rows("SELECT account_id, page_name FROM last_page")).toEqual([["a1", "Term life"]]);
    const [[covered]] = (await rows(
      "SELECT covered_position = (SELECT max(position) FROM event_log) FROM stream WHERE name = 'orders'",
    )) as [[boolean]];
    expect(covered).toBe(true);
    const after = await start();
    expect(after.status().state).toBe("leading");
    await after.submit(batchOf("orders", [third]));
    expect(await hours()).toEqual(AFTER_THREE);
  });

  test("after a crash before the state rows were written replays the log", async () => {
    const crashed = await start();
    const blocker = await pool.connect();
    await blocker.query("BEGIN; LOCK TABLE last_order, last_page IN EXCLUSIVE MODE");
    await crashed.submit(batchOf("orders", [...ordersWrittenBehind(), first, second]));
    await crashed.submit(batchOf("page_views", [pageView({ pageName: "A" }), pageView({ pageName: "B" })]));
    expect(await rows("SELECT count(*)::int FROM last_order")).toEqual([[0]]);
    await pool.query("UPDATE lease SET holder = '', expires_at = 'epoch', epoch = epoch + 1");
    await cutWriters();
    await blocker.query("ROLLBACK");
    blocker.release();
    await vi.waitFor(() => expect(crashed.status().epoch).toBeGreaterThan(1n), { timeout: 15_000 });
    await isLeading(crashed);

    const outcome = await crashed.submit(batchOf("orders", [first, third]));
    expect(counts(outcome)).toEqual({ applied: 1, duplicate: 1 });
    expect(outcome.firstSeq).toBe(303n);
    expect((await hours()).slice(1)).toEqual(AFTER_THREE);
    await crashed.submit(batchOf("page_views", [pageView({ pageName: "A" })]));
    await stop(crashed);
    expect(
      await rows("SELECT user_id, order_no FROM last_order WHERE user_id < 100 ORDER BY user_id"),
    ).toEqual([
      ["7", "A2"],
      ["8", "B1"],
    ]);
    expect(await rows("SELECT page_name FROM last_page")).toEqual([["B"]]);
  });
});

describe("a write-behind that fails", () => {
  test("is not covered by one that comes after it: its rows are written from the log (C12)", async () => {
    let isToFail = true;
    const writer = await startTestWriter(url, 100_000, TEST_TIME, {
      reach: (point) => {
        if (point !== "in-flush" || !isToFail) return;
        isToFail = false;
        throw new Error("no room left");
      },
    });
    const flushes = await blocked("LOCK TABLE personal_block IN SHARE MODE");
    await writer.submit(batchOf("orders", ordersWrittenBehind()));
    const [flush] = await waitingFor("COPY personal_block%");
    await writer.submit(batchOf("orders", [first]));
    const commits = await blocked("SELECT * FROM commit_position FOR UPDATE");
    const last = writer.submit(batchOf("orders", [third]));
    await waitingFor("%commit_position SET%");
    await flushes.release();
    await expect.poll(() => rows(`SELECT 1 FROM pg_stat_activity WHERE pid = ${flush}`)).toEqual([]);
    const stopped = writer.stop();
    await commits.release();
    await Promise.all([last, stopped]);

    await stop(await start());
    expect(await rows("SELECT count(*)::int FROM last_order")).toEqual([[301]]);
  });
});

/** Holds what a statement locks until it is released. */
async function blocked(statement: string): Promise<{ release(): Promise<void> }> {
  const client = await pool.connect();
  await client.query(`BEGIN; ${statement}`);
  return {
    release: async () => {
      await client.query("ROLLBACK");
      client.release();
    },
  };
}

/** Waits until a statement waits for a lock. @returns its backend's number */
async function waitingFor(statement: string): Promise<number[]> {
  return vi.waitFor(
    async () => {
      const waiting = await rows(
        `SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '${statement}'`,
      );
      expect(waiting).toHaveLength(1);
      return waiting.flat() as number[];
    },
    { timeout: 10_000, interval: 20 },
  );
}

/** Ends every connection of the database but the pool's own. */
async function cutWriters(): Promise<void> {
  await pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND query NOT LIKE '%LOCK TABLE%'`,
  );
}

describe("a commit that fails", () => {
  test("leaves nothing behind, in the database or in memory; the sender is told to send again", async () => {
    const writer = await start();
    await writer.submit(batchOf("orders", [first]));
    const commits = await blocked("SELECT * FROM commit_position FOR UPDATE");
    const lost = writer.submit(batchOf("orders", [second, third]));
    lost.catch(() => undefined); // awaited below, when it has failed
    await waitingFor("%commit_position SET%");
    await pool.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
    await expect(lost).rejects.toBeInstanceOf(Unavailable);
    await commits.release();
    expect(await hours()).toEqual([["2026112210", "100.00", 1, 1, "100.00", 1]]);

    await isLeading(writer);
    const outcome = await writer.submit(batchOf("orders", [second, third]));
    expect(outcome).toMatchObject({ firstSeq: 2n, dispositions: { applied: 2 } });
    expect(await hours()).toEqual(AFTER_THREE);
  });
});

describe("the lease", () => {
  test("lets one process write; the other stands by and takes over", async () => {
    const leader = await start();
    const standby = await start();
    expect(standby.status().state).toBe("standby");
    await expect(standby.submit(batchOf("orders", [first]))).rejects.toBeInstanceOf(Unavailable);
    await leader.submit(batchOf("orders", [first, second]));
    await stop(leader);
    await isLeading(standby);
    expect(counts(await standby.submit(batchOf("orders", [first, third])))).toEqual({
      applied: 1,
      duplicate: 1,
    });
    expect(await hours()).toEqual(AFTER_THREE);
  });

  test("is kept by a process that is getting ready, however long it reads", async () => {
    const before = await start();
    await before.submit(batchOf("orders", [first]));
    await stop(before);
    await pool.query("UPDATE stream SET covered_position = 0");
    const reading = await blocked("LOCK TABLE last_order IN ACCESS EXCLUSIVE MODE");
    const after = start();
    await waitingFor("COPY%last_order%");
    const expiry = async () =>
      (await rows("SELECT expires_at::text FROM lease WHERE name = 'writer'"))[0]?.[0];
    const taken = await expiry();
    const renewed = vi.waitFor(async () => expect(await expiry()).not.toBe(taken), {
      timeout: 4_500,
      interval: 50,
    });
    await Promise.allSettled([renewed]);
    await reading.release();
    await renewed;
    expect((await after).status()).toMatchObject({ state: "leading", epoch: 2n });
  });

  test("fences an old leader: what it tries to commit is not committed", async () => {
    const old = await start();
    await old.submit(batchOf("orders", [first]));
    await pool.query(
      "UPDATE lease SET holder = 'elsewhere:1:x', epoch = epoch + 1, expires_at = now() + interval '1 hour'",
    );
    await expect(old.submit(batchOf("orders", [second, third]))).rejects.toBeInstanceOf(Unavailable);
    await vi.waitFor(() => expect(old.status().state).toBe("standby"), 10_000);
    expect(await hours()).toEqual([["2026112210", "100.00", 1, 1, "100.00", 1]]);
    expect(await received()).toEqual([["1", "1", "0", "0", "2"]]);
  });
});

describe("the queue", () => {
  test("refuses what is beyond its room, and goes on", async () => {
    const writer = await start(3);
    const blocker = await pool.connect();
    await blocker.query("BEGIN; SELECT * FROM commit_position FOR UPDATE");
    const waiting = writer.submit(batchOf("orders", [first, second]));
    await expect(writer.submit(batchOf("orders", [third, third]))).rejects.toBeInstanceOf(TooBusy);
    await blocker.query("ROLLBACK");
    blocker.release();
    await waiting;
    await writer.submit(batchOf("orders", [third]));
    expect(await hours()).toEqual(AFTER_THREE);
  });
});

describe("many days", () => {
  test("a late event amends its own day only, loaded for it", async () => {
    const yesterday = { ...first, gmtModified: at("11-21 10:05") };
    await stop(await startWith([yesterday, first, second]));
    const writer = await start();
    await writer.submit(batchOf("orders", [{ ...yesterday, orderNo: "A9", gmtModified: at("11-21 12:00") }]));
    expect(await hours()).toEqual([
      ["2026112110", "0.00", 0, 0, "100.00", 1],
      ["2026112112", "100.00", 1, 1, "100.00", 1],
      ["2026112210", "150.00", 2, 1, "150.00", 2],
    ]);
    expect(await rows("SELECT biz_hour FROM hour_figure WHERE revised_by_late ORDER BY 1")).toContainEqual([
      "2026112112",
    ]);
  });

  test("readDayOrders tells every accepted order of a day, with its number", async () => {
    const yesterday = { ...first, gmtModified: at("11-21 23:59:59") };
    await startWith([first, yesterday, second, first]);
    const found = [];
    for await (const { event, seq } of readDayOrders(pool, TEST_VAULT, TEST_TIME, "2026-11-22"))
      found.push([seq, event]);
    expect(found).toEqual([
      [1n, first],
      [3n, second],
      [4n, first],
    ]);
  });

  async function startWith(events: (typeof first)[]): Promise<Writer> {
    const writer = await start();
    await writer.submit(batchOf("orders", events));
    return writer;
  }
});
