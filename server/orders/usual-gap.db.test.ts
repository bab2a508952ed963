import { expect, test, vi } from "vitest";
import { fen, order } from "#testing/factories/events.ts";
import { PATIENCE } from "#testing/harness/patience.ts";
import { batchOf, TEST_TIME } from "#testing/harness/writer-harness.ts";
import { writersForEachTest } from "#testing/harness/writers.ts";
import { addDays } from "../contracts/business-time.ts";
import { usualGap } from "./usual-gap.ts";

const TODAY = "2026-11-22";
const MINUTE_MS = 60_000;
const writers = writersForEachTest();

/** Orders of a day, minutes after its 10 o'clock; each is another user's. */
const ordersOf = (date: string, minutes: readonly number[]) =>
  minutes.map((minute) =>
    order({
      userId: `${minute + 100}`,
      orderNo: `${date}-${minute}`,
      gmtModified: Date.parse(`${date}T10:00:00+08:00`) + minute * MINUTE_MS,
      payable: fen("1"),
    }),
  );

const asked = (now: number) => usualGap({ pool: writers.pool, time: TEST_TIME, now: () => now });

test("the source is quiet after longer than 99 of 100 gaps of past days at this hour; 15 minutes until there are seven", async () => {
  const writer = await writers.start();
  // One order before the hour, a gap of 4 minutes into it, then of 2 and 20; another hour's order is no matter.
  const minutes = [-2, 2, 4, 24, 70];
  const send = (back: number) => writer.submit(batchOf("orders", ordersOf(addDays(TODAY, -back), minutes)));
  for (let back = 1; back <= 6; back++) await send(back);
  const rows = () => writers.rows("SELECT count(*)::int FROM last_order");
  await vi.waitFor(async () => expect(await rows()).toEqual([[6 * minutes.length]]), PATIENCE);
  const at10 = Date.parse(`${TODAY}T10:30:00+08:00`);
  expect(await asked(at10)).toEqual({ hour: "2026112210", days: 6, usualMs: 15 * MINUTE_MS });
  await send(7);
  await vi.waitFor(async () => expect(await rows()).toEqual([[7 * minutes.length]]), PATIENCE);
  expect((await asked(at10)).days).toBe(6); // told once an hour
  expect(await asked(at10 + 24 * 60 * MINUTE_MS)).toEqual({
    hour: "2026112310",
    days: 7,
    usualMs: 20 * MINUTE_MS,
  });
  expect(await asked(at10 + 24 * 60 * MINUTE_MS * 9)).toMatchObject({ usualMs: 15 * MINUTE_MS });
});
