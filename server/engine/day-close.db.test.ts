import { beforeEach, describe, expect, test, vi } from "vitest";
import { at, fen, order } from "#testing/factories/events.ts";
import { batchOf, counts, TEST_CIPHER, TEST_TIME } from "#testing/harness/writer-harness.ts";
import { writersForEachTest } from "#testing/harness/writers.ts";
import { hourlyTable, type OrderLine } from "#testing/oracle/orders.ts";
import { asTsv, readLines, readRecords, recordingFolder } from "#testing/recorded/recordings.ts";
import type { IngestBatch } from "../contracts/batch.ts";
import type { OrderEvent } from "../contracts/events.ts";
import { parseBatch } from "../ingest/parse-batch.ts";
import { readDayOrders } from "../streams/orders/tables/day-orders.ts";
import type { Writer } from "./writer.ts";

/** O6: days close, for good, by the clock of those who fill them. */

const HOUR_MS = 3_600_000;
const ZONE = "Asia/Shanghai";

const writers = writersForEachTest();
const { rows } = writers;
let writer: Writer | undefined;
/** The writer's clock. */
let now: number;

beforeEach(async () => {
  writer = undefined;
  now = at("11-22 12:00");
  await restart();
});

async function stop(): Promise<void> {
  const running = writer;
  writer = undefined;
  if (running) await writers.stop(running);
}

async function restart(dayCloseAfterHours = 24): Promise<void> {
  await stop();
  writer = await writers.start({ dayCloseAfterHours, now: () => now });
}

const days = () => rows("SELECT biz_date::text, revision FROM order_day ORDER BY biz_date");
const hours = () => rows("SELECT biz_hour, total_premium, gross_premium FROM hour_figure ORDER BY biz_hour");
const revisionHours = () =>
  rows(`SELECT biz_date::text, revision, biz_hour, total_premium, gross_premium FROM day_revision_hour
        ORDER BY biz_date, revision, biz_hour`);

const first = order({ userId: "7", orderNo: "A1", gmtModified: at("11-22 10:05"), payable: fen("100") });
const afterwards = order({ userId: "8", orderNo: "B1", gmtModified: at("11-22 10:30"), payable: fen("50") });
const CLOSES = at("11-24 00:00");

async function submit(batch: IngestBatch): Promise<Record<string, number>> {
  if (!writer) throw new Error("no writer runs");
  return counts(await writer.submit(batch));
}

const send = (events: OrderEvent[], acceptedAt: number) => submit(batchOf("orders", events, { acceptedAt }));

describe("a day filled by the wall clock", () => {
  test("amends until it closes; what comes then is late and changes no figure", async () => {
    await send([first], at("11-22 12:00"));
    expect(await send([{ ...first, gmtModified: at("11-22 09:00") }], CLOSES - 1)).toEqual({ superseded: 1 });
    const before = await hours();
    expect(await send([afterwards, first], CLOSES)).toEqual({ late: 2 });
    expect(await hours()).toEqual(before);
    expect(await days()).toEqual([["2026-11-22", 1]]);
    expect(await revisionHours()).toEqual(before.map(([hour, ...sums]) => ["2026-11-22", 1, hour, ...sums]));
    expect(await rows("SELECT biz_date::text, seqs, revision FROM late_order")).toEqual([
      ["2026-11-22", ["3", "4"], null],
    ]);
    expect(
      await rows("SELECT received, applied, superseded, late FROM stream WHERE name = 'orders'"),
    ).toEqual([["4", "1", "1", "2"]]);
  });

  test("closes by itself when no batch comes", async () => {
    await send([first], at("11-22 12:00"));
    now = CLOSES + 61_000;
    await vi.waitFor(async () => expect(await days()).toEqual([["2026-11-22", 1]]), 10_000);
    expect(await revisionHours()).toEqual([["2026-11-22", 1, "2026112210", "100.00", "100.00"]]);
  });

  test("stays closed when the server's clock jumps a day ahead and comes back", async () => {
    await send([first], at("11-22 12:00"));
    const ahead = order({ userId: "9", orderNo: "C1", gmtModified: at("11-23 23:00"), payable: fen("1") });
    expect(await send([ahead], CLOSES + 1)).toEqual({ applied: 1 });
    expect(await send([afterwards], at("11-23 08:00"))).toEqual({ late: 1 });
    expect(await days()).toEqual([
      ["2026-11-22", 1],
      ["2026-11-23", 0],
    ]);
  });

  test("is closed after a crash as well, and its late orders stay aside when the log is replayed", async () => {
    await send([first], at("11-22 12:00"));
    await send([afterwards], CLOSES);
    await writers.pool.query("UPDATE stream SET covered_position = 0");
    const before = await hours();
    await restart(9_000);
    expect(await send([afterwards], CLOSES)).toEqual({ late: 1 });
    const next = order({ userId: "9", orderNo: "C1", gmtModified: at("11-23 10:00"), payable: fen("1") });
    await send([next], CLOSES);
    await stop();
    expect((await hours()).slice(0, before.length)).toEqual(before);
    expect(await rows("SELECT count(*)::int FROM last_order WHERE user_id = 8")).toEqual([[0]]);
    const counted: string[] = [];
    for await (const { event } of readDayOrders(writers.pool, TEST_CIPHER, TEST_TIME, "2026-11-22")) {
      counted.push(event.orderNo);
    }
    expect(counted).toEqual(["A1"]);
  });

  test("around midnight gives each day its own orders, whatever the batch", async () => {
    const events = Array.from({ length: 200 }, (_, index) =>
      order({
        userId: String(index % 7),
        orderNo: `M${index}`,
        gmtModified: at("11-23 00:00") + (index - 100) * 500,
        payable: fen("1"),
      }),
    );
    await Promise.all(events.map((event) => send([event], at("11-23 00:00") + 60_000)));
    expect(await hours()).toEqual([
      ["2026112223", "7.00", "100.00"],
      ["2026112300", "7.00", "100.00"],
    ]);
  });
});

describe("a backfill by the events' clock", () => {
  test("fills days long past, and is not disturbed by what comes live", async () => {
    const old = order({ userId: "1", orderNo: "O1", gmtModified: at("10-05 10:00"), payable: fen("5") });
    const replayed = (event: OrderEvent) =>
      submit(batchOf("orders", [event], { acceptedAt: event.gmtModified, clockFrom: 0, eventClock: true }));
    await send([first], at("11-22 12:00"));
    expect(await replayed(old)).toEqual({ applied: 1 });
    await send([afterwards], at("11-22 13:00"));
    expect(await replayed({ ...old, userId: "2", orderNo: "O2" })).toEqual({ applied: 1 });
    expect(await replayed({ ...old, gmtModified: at("10-07 00:00") })).toEqual({ applied: 1 });
    expect(await replayed({ ...old, userId: "3", orderNo: "O3", gmtModified: at("10-07 01:00") })).toEqual({
      applied: 1,
    });
    expect(await days()).toEqual([
      ["2026-10-05", 1],
      ["2026-10-07", 0],
      ["2026-11-22", 0],
    ]);
  });
});

/** O6 in so many words: the clock is the greatest event time so far; a day closes 24 hours after its end. */
function lateByTheRule(lines: readonly OrderLine[]): boolean[] {
  const day = 24 * HOUR_MS;
  const offset = 8 * HOUR_MS; // Asia/Shanghai has no summer time in the years of the recordings
  let clock = 0;
  return lines.map((line) => {
    const time = Number(line.gmt_modified);
    clock = Math.max(clock, time);
    const endOfDay = (Math.floor((time + offset) / day) + 1) * day - offset;
    return clock >= endOfDay + day;
  });
}

describe.each([
  { name: "of the simulator", folder: recordingFolder() },
  { name: "hard", folder: recordingFolder("hard") },
])("recorded days $name, closing after 24 hours", ({ folder }) => {
  test.each([313, 5_000])("in batches of %i: late are exactly those of the rule", async (size) => {
    const text = readLines(folder, "orders");
    const lines = readRecords(folder, "orders");
    const late = lateByTheRule(lines);
    let from = 0;
    let told = 0;
    for (let start = 0; start < text.length; start += size) {
      const body = Buffer.from(text.slice(start, start + size).join("\n"));
      const batch = await parseBatch("orders", "ndjson", body, { kind: "event", from });
      from = batch.acceptedAt;
      told += (await submit(batch)).late ?? 0;
      if (start === size * 2) await restart();
    }
    expect(told).toBe(late.filter(Boolean).length);
    const numbers = (await rows("SELECT unnest(seqs) FROM late_order ORDER BY 1")).map(([seq]) =>
      Number(seq),
    );
    expect(numbers).toEqual(late.flatMap((isLate, index) => (isLate ? [index + 1] : [])));
    const onTime = lines.filter((_, index) => !late[index]);
    const stored = await rows(
      `SELECT biz_hour, total_premium, policy_cnt, policy_holder_cnt, gross_premium, gross_order_cnt
       FROM hour_figure ORDER BY biz_hour`,
    );
    expect(stored.map(asTsv)).toEqual(hourlyTable(onTime, ZONE).map(asTsv));
    expect(
      await rows(`SELECT count(*)::int FROM hour_figure h JOIN order_day d USING (biz_date)
        FULL JOIN day_revision_hour r ON r.biz_hour = h.biz_hour
        WHERE d.revision = 1 AND (h.total_premium, h.gross_premium) IS DISTINCT FROM (r.total_premium, r.gross_premium)`),
    ).toEqual([[0]]);
  });
});
