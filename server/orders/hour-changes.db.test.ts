import { expect, test } from "vitest";
import { at, fen, order } from "#testing/factories/events.ts";
import { batchOf, TEST_CIPHER, TEST_TIME } from "#testing/harness/writer-harness.ts";
import { writersForEachTest } from "#testing/harness/writers.ts";
import { InvalidInput } from "../lib/errors.ts";
import { hourChanges, hourChangesCsv } from "./hour-changes.ts";

/** O8: what has happened to an hour since it was over; its amount then and all changes make its amount now. */

const writers = writersForEachTest();
const asked = (now: string) => ({
  pool: writers.pool,
  cipher: TEST_CIPHER,
  time: TEST_TIME,
  now: () => at(now),
});

async function aDay() {
  const writer = await writers.start();
  const send = (accepted: string, userId: string, orderNo: string, time: string, payable: string) =>
    writer.submit(
      batchOf(
        "orders",
        [order({ userId, orderNo, gmtModified: at(`11-22 ${time}`), payable: fen(payable) })],
        {
          acceptedAt: at(`11-22 ${accepted}`),
        },
      ),
    );
  await send("08:10", "1", "A", "08:10", "100");
  await send("08:20", "2", "B", "08:20", "50");
  await send("08:50", "3", "C", "08:50", "-3.34");
  await send("09:31", "1", "A2", "09:30", "90"); // moves out
  await send("10:14", "2", "B", "08:21", "42"); // amended in place
  await send("10:20", "4", "D", "08:59", "7"); // came late
  await send("10:30", "3", "C2", "10:29", "1"); // a negative one leaves: the hour rises
}

test("an hour that is over: what left, what was amended, what came late, each with its one sign", async () => {
  await aDay();
  const told = await hourChanges(asked("11-22 10:31"), "2026112208");
  expect(told).toMatchObject({
    isOver: true,
    since: "2026-11-22T01:00:00.000Z",
    before: "146.66",
    now: "49.00",
    counts: { joined: 1, amended: 1, left: 2 },
    isCut: false,
  });
  expect(
    told.items.map(({ kind, amount, orderNo, acceptedAt, other }) => [
      kind,
      amount,
      orderNo,
      acceptedAt,
      other?.bizHour,
    ]),
  ).toEqual([
    ["left", "3.34", "C", "2026-11-22T02:30:00.000Z", "2026112210"],
    ["joined", "7.00", "D", "2026-11-22T02:20:00.000Z", undefined],
    ["amended", "-8.00", "B", "2026-11-22T02:14:00.000Z", "2026112208"],
    ["left", "-100.00", "A", "2026-11-22T01:31:00.000Z", "2026112209"],
  ]);
});

test("an hour that runs is told from its beginning; one without orders has no changes", async () => {
  await aDay();
  expect(await hourChanges(asked("11-22 08:55"), "2026112208")).toMatchObject({
    isOver: false,
    before: "0.00",
    counts: { joined: 4, amended: 1, left: 2 },
  });
  expect(await hourChanges(asked("11-22 10:31"), "2026112203")).toMatchObject({
    before: "0.00",
    now: "0.00",
    items: [],
  });
  await expect(hourChanges(asked("11-22 10:31"), "2026112224")).rejects.toThrow(InvalidInput);
});

test("the CSV has the same lines", async () => {
  await aDay();
  const lines = (await hourChangesCsv(asked("11-22 10:31"), "2026112208")).trim().split("\n");
  expect(lines).toHaveLength(5);
  expect(lines[1]).toBe(
    "3.34,left,3,C,-3.34,2026-11-22T00:50:00.000Z,C2,1.00,2026112210,2026-11-22T02:30:00.000Z",
  );
});
