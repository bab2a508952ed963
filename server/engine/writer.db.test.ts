import { describe, expect, test } from "vitest";
import { at, fen, order, pageView } from "#testing/factories/events.ts";
import { AFTER_THREE, first, ordersWrittenBehind, second, third } from "#testing/factories/order-factory.ts";
import { batchOf, counts, TEST_CIPHER, TEST_TIME } from "#testing/harness/writer-harness.ts";
import { writersForEachTest } from "#testing/harness/writers.ts";
import type { Committed } from "../contracts/committed.ts";
import { TooBusy } from "../lib/errors.ts";
import { readDayOrders } from "../streams/orders/tables/day-orders.ts";
import type { Writer } from "./writer.ts";

const writers = writersForEachTest();
const { start, stop, rows, hours, received } = writers;

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
    const [deadLetter] = (await writers.pool.query("SELECT * FROM dead_letter")).rows;
    expect(deadLetter).toMatchObject({ stream: "orders", line: 2, code: "missing_field", field: "id" });
    expect(deadLetter.payload.includes("138")).toBe(false);
    expect(TEST_CIPHER.open(deadLetter.payload, "dead_letter")).toEqual(raw);
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

describe("the queue", () => {
  test("refuses what is beyond its room, and goes on", async () => {
    const writer = await start({ queueCapacity: 3 });
    const blocker = await writers.pool.connect();
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
    for await (const { event, seq } of readDayOrders(writers.pool, TEST_CIPHER, TEST_TIME, "2026-11-22"))
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
