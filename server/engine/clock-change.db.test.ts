import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { fen, order } from "#testing/factories/events.ts";
import {
  batchOf,
  startTestServer,
  startTestWriter,
  TEST_CIPHER,
  type TestServer,
} from "#testing/harness/writer-harness.ts";
import { BusinessTime } from "../contracts/business-time.ts";
import { hourCauses } from "../orders/hour-causes.ts";
import { hourly } from "../orders/hourly.ts";
import { verifyDay } from "../orders/verify-day.ts";
import type { Writer } from "./writer.ts";

/** C1 in a zone whose clocks change: days of 23 and 25 hours, their figures, their closing and their causes. */

const TIME = new BusinessTime("Europe/Berlin");
const HOUR_MS = 3_600_000;

let server: TestServer;
let pool: pg.Pool;
let writer: Writer;
/** The writer's own, ms: by another one it would close these days while they are being filled. */
let clock: number;
beforeAll(async () => {
  server = await startTestServer();
}, 60_000);
afterAll(() => server.stop());
beforeEach(async () => {
  const url = await server.freshDatabase();
  pool = new pg.Pool({ connectionString: url });
  clock = 0;
  writer = await startTestWriter(url, 100_000, TIME, { dayCloseAfterHours: 24, now: () => clock });
});
afterEach(async () => {
  await writer.stop();
  await pool.end();
});

const ctx = (now: number) => ({ pool, epoch: "test", time: TIME, cipher: TEST_CIPHER, now: () => now });

/** An order of another user in each hour of the day, ten minutes after it has begun. */
const ordersOf = (date: string) => {
  const hours = (TIME.endOf(date) - TIME.startOf(date)) / HOUR_MS;
  return Array.from({ length: hours }, (_, n) =>
    order({
      userId: String(n + 1),
      orderNo: `A${n}`,
      gmtModified: TIME.startOf(date) + n * HOUR_MS + 600_000,
      payable: fen("10"),
    }),
  );
};
const send = (events: ReturnType<typeof ordersOf>, acceptedAt: number) => {
  clock = acceptedAt;
  return writer.submit(batchOf("orders", events, { acceptedAt }));
};

for (const { date, hours, names, two, twoPremium } of [
  { date: "2026-03-29", hours: 23, names: 23, two: "2026032903", twoPremium: "10.00" },
  { date: "2026-10-25", hours: 25, names: 24, two: "2026102502", twoPremium: "20.00" },
]) {
  test(`${date} has ${hours} hours under ${names} names; it closes 24 hours after its own end`, async () => {
    const events = ordersOf(date);
    expect(events).toHaveLength(hours);
    const closes = TIME.endOf(date) + 24 * HOUR_MS;
    await send(events, TIME.endOf(date) - 1);
    const { hours: rows } = await hourly(ctx(closes), { date });
    expect(rows).toHaveLength(names);
    expect(rows.find(({ bizHour }) => bizHour === two)?.totalPremium).toBe(twoPremium);
    const first = events[0];
    if (!first) throw new Error("a day has hours");
    expect(
      (await send([{ ...first, gmtModified: first.gmtModified + 1 }], closes - 1)).dispositions.applied,
    ).toBe(1);
    expect((await send([{ ...first, gmtModified: first.gmtModified + 2 }], closes)).dispositions.late).toBe(
      1,
    );
    expect((await hourly(ctx(closes), { date })).closed).toBe(true);
    expect(await verifyDay(ctx(closes), date)).toMatchObject({
      orders: hours + 1,
      hours: names,
      differences: [],
    });
    const causes = await hourCauses(ctx(closes), two, { limit: 50 });
    expect(causes.items.map(({ kind }) => kind)).toEqual(Array(hours - names + 1).fill("joined"));
  });
}
