import type pg from "pg";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { at, fen, order } from "#testing/factories/events.ts";
import { writtenActs } from "#testing/harness/audit-log.ts";
import { batchOf, TEST_CIPHER, TEST_TIME } from "#testing/harness/writer-harness.ts";
import { writersForEachTest } from "#testing/harness/writers.ts";
import type { Actor } from "../access/can.ts";
import type { Committed } from "../contracts/committed.ts";
import type { Writer } from "../engine/writer.ts";
import { Conflict, InvalidInput, NotFound, Unavailable } from "../lib/errors.ts";
import { readLateOrders } from "../streams/orders/tables/late-orders.ts";
import { applyLateOrders } from "./apply-late-orders.ts";
import { dayRevisions } from "./day-revisions.ts";
import { hourly } from "./hourly.ts";
import { lateEffect } from "./late-effect.ts";

/** O6: late orders change nothing until an administrator applies them; then there is a next revision. */

const DATE = "2026-11-22";
const CLOSED = at("11-24 08:00");
const ANNA: Actor = { kind: "person", id: "anna", name: "Anna", role: "administrator", sessionId: "s" };

const writers = writersForEachTest();
let writer: Writer;
let published: Committed[];

beforeEach(async () => {
  published = [];
  writer = await writers.start({ dayCloseAfterHours: 24 });
  await send("11-22 10:05", "7", "A1", "100");
  await send("11-22 10:30", "8", "B1", "50");
});

const ctx = () => ({
  pool: writers.pool,
  epoch: "test",
  time: TEST_TIME,
  cipher: TEST_CIPHER,
  now: () => CLOSED,
  publish: (committed: Committed) => void published.push(committed),
});

function send(
  time: string,
  userId: string,
  orderNo: string,
  payable: string,
  acceptedAt = at("11-22 12:00"),
) {
  const event = order({ userId, orderNo, gmtModified: at(time), payable: fen(payable) });
  return writer.submit(batchOf("orders", [event], { acceptedAt }));
}

/** User 7 had moved on to hour 11, and user 9 was unknown: both are told a day too late. */
async function sendLate(): Promise<void> {
  await send("11-22 11:10", "7", "A2", "80", CLOSED);
  await send("11-22 10:40", "9", "C1", "20", CLOSED);
}

const figures = async (revision?: number) =>
  (await hourly(ctx(), { date: DATE, revision })).hours.map((hour) => [
    hour.bizHour,
    hour.totalPremium,
    hour.grossPremium,
  ]);
const isWritten = () =>
  vi.waitFor(
    async () =>
      expect(
        (await writers.pool.query("SELECT 1 FROM stream WHERE name = 'orders' AND covered_position >= 4"))
          .rowCount,
      ).toBe(1),
    10_000,
  );
const apply = (seen: number) =>
  applyLateOrders(ctx(), ANNA, { date: DATE, seen, reason: "a branch was offline" });

const BEFORE = [["2026112210", "150.00", "150.00"]];
const AFTER = [
  ["2026112210", "70.00", "170.00"],
  ["2026112211", "80.00", "80.00"],
];

test("the effect is shown, and nothing changes by showing it", async () => {
  await sendLate();
  const effect = await lateEffect(ctx(), DATE);
  expect(effect).toMatchObject({ revision: 1, lateEvents: 2 });
  expect(
    effect.hours.map(({ bizHour, before, after }) => [bizHour, before.totalPremium, after.totalPremium]),
  ).toEqual([
    ["2026112210", "150.00", "70.00"],
    ["2026112211", "0.00", "80.00"],
  ]);
  expect(await figures()).toEqual(BEFORE);
});

describe("while state rows are still being written", () => {
  let blocker: pg.PoolClient;
  beforeEach(async () => {
    blocker = await writers.pool.connect();
    await blocker.query("BEGIN; LOCK TABLE last_order IN EXCLUSIVE MODE");
  });
  const release = async () => {
    await blocker.query("ROLLBACK");
    blocker.release();
  };
  /** More than a commit writes at once. */
  const manyAt = (time: string) =>
    Array.from({ length: 250 }, (_, index) =>
      order({ userId: `1${index}`, orderNo: `M${index}`, gmtModified: at(time), payable: fen("1") }),
    );

  test("those of the day itself: the effect is not told yet", async () => {
    await writer.submit(batchOf("orders", manyAt("11-22 10:50")));
    await sendLate();
    await expect(lateEffect(ctx(), DATE)).rejects.toThrow(Unavailable);
    await release();
    const effect = await vi.waitFor(() => lateEffect(ctx(), DATE), 10_000);
    expect(effect.hours[0]?.before).toMatchObject({ totalPremium: "400.00" });
  });

  test("those of another day that came with a late order: the effect is told", async () => {
    const late = order({ userId: "9", orderNo: "C1", gmtModified: at("11-22 10:40"), payable: fen("20") });
    await writer.submit(batchOf("orders", [late, ...manyAt("11-24 07:00")], { acceptedAt: CLOSED }));
    expect(await lateEffect(ctx(), DATE)).toMatchObject({
      lateEvents: 1,
      hours: [{ bizHour: "2026112210" }],
    });
    await release();
  });
});

test("applied, they make the next revision; the earlier one stays readable", async () => {
  await sendLate();
  await isWritten();
  const told = await apply(1);
  expect(told).toMatchObject({ revision: 2, lateEvents: 0 });
  expect(
    told.items.map((item) => [item.revision, item.actor, item.reason, item.lateEvents, item.totalPremium]),
  ).toEqual([
    [2, "anna", "a branch was offline", 2, "150.00"],
    [1, null, null, 0, "150.00"],
  ]);
  expect(await figures()).toEqual(AFTER);
  expect(await figures(1)).toEqual(BEFORE);
  await expect(figures(3)).rejects.toThrow(NotFound);
  expect((await hourly(ctx(), { date: DATE })).revision).toBe(2);
  expect(published[0]?.hours.map((hour) => hour.bizHour)).toEqual(["2026112210", "2026112211"]);
  expect(await writtenActs(writers.pool)).toEqual([
    {
      actor: "anna",
      action: "orders.revise",
      subject: `business day ${DATE}`,
      address: null,
      details: { revision: 2, reason: "a branch was offline", lateEvents: 2 },
    },
  ]);
});

test("a restart with the log replayed keeps the revision; what comes later waits for the next one", async () => {
  await sendLate();
  await isWritten();
  await apply(1);
  await writers.stop(writer);
  await writers.pool.query("UPDATE stream SET covered_position = 0");
  writer = await writers.start({ dayCloseAfterHours: 24 });
  await send("11-22 12:00", "10", "D1", "1", CLOSED);
  expect(await figures()).toEqual(AFTER);
  expect(await dayRevisions(ctx(), DATE)).toMatchObject({ revision: 2, lateEvents: 1 });
  const { rows } = await writers.pool.query("SELECT user_id, order_no FROM last_order ORDER BY user_id");
  expect(rows.map((row) => [row.user_id, row.order_no])).toEqual([
    ["7", "A2"],
    ["8", "B1"],
    ["9", "C1"],
  ]);
});

test("two administrators at once: one revises, the other is told", async () => {
  await sendLate();
  await isWritten();
  const outcomes = await Promise.allSettled([apply(1), apply(1)]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const lost = outcomes.find((outcome) => outcome.status === "rejected");
  expect(lost?.reason).toBeInstanceOf(Conflict);
  expect(await dayRevisions(ctx(), DATE)).toMatchObject({ revision: 2 });
});

test("an open day, and a day without late orders, are not revised", async () => {
  await expect(apply(0)).rejects.toThrow(InvalidInput);
  await sendLate();
  await isWritten();
  await apply(1);
  await expect(apply(2)).rejects.toThrow("no late orders");
});

test("late orders of many commits are read a few commits at a time, each beside what was on time", async () => {
  const names = Array.from({ length: 45 }, (_, index) => `L${index}`);
  for (const orderNo of names) {
    const live = order({ userId: "1", orderNo: "N1", gmtModified: at("11-24 07:00"), payable: fen("1") });
    const late = order({ userId: "9", orderNo, gmtModified: at("11-22 11:00"), payable: fen("1") });
    await writer.submit(batchOf("orders", [live, late, live], { acceptedAt: CLOSED }));
  }
  const sizes: number[] = [];
  const query = async (text: string, values: unknown[]) => {
    const answer = await writers.pool.query(text, values);
    sizes.push(answer.rows.length);
    return answer;
  };
  const { orders, positions } = await readLateOrders({ query } as unknown as pg.Pool, TEST_CIPHER, DATE);
  expect(orders.map(({ event }) => event.orderNo)).toEqual(names);
  expect(orders.map(({ seq }) => Number(seq))).toEqual(names.map((_, index) => 4 + 3 * index));
  expect(positions).toHaveLength(names.length);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(20);
});
