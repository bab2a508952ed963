import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { at, fen, order } from "#testing/factories/events.ts";
import { PATIENCE } from "#testing/harness/patience.ts";
import {
  batchOf,
  startTestServer,
  startTestWriter,
  TEST_CIPHER,
  TEST_TIME,
  type TestServer,
} from "#testing/harness/writer-harness.ts";
import type { DataScope } from "../access/data-scope.ts";
import type { Move } from "../contracts/api/orders.ts";
import type { OrderEvent } from "../contracts/events.ts";
import type { Writer } from "../engine/writer.ts";
import { InvalidInput } from "../lib/errors.ts";
import { comparison } from "./comparison.ts";
import { hourCauses } from "./hour-causes.ts";
import { hourWinners } from "./hour-winners.ts";
import { hourly } from "./hourly.ts";
import { hourlyCsv } from "./hourly-csv.ts";
import { recentMoves } from "./recent-moves.ts";
import { replacedOrders } from "./replaced-orders.ts";

const DATE = "2026-11-22";
const PERSONAL = { customerName: "王小明", customerTel: "13812345678", certificateNo: "110101199001011234" };
let server: TestServer;
let pool: pg.Pool;
let writer: Writer;

const at22 = (userId: string, orderNo: string, clock: string, payable: string): OrderEvent =>
  order({ userId, orderNo, gmtModified: at(`11-22 ${clock}`), payable: fen(payable), ...PERSONAL });

beforeAll(async () => {
  server = await startTestServer();
  const url = await server.freshDatabase();
  pool = new pg.Pool({ connectionString: url });
  writer = await startTestWriter(url);
  await writer.submit(
    batchOf("orders", [
      at22("7", "A1", "10:05", "100"),
      at22("8", "B1", "10:30", "50"),
      at22("7", "A2", "11:10", "80"),
      at22("7", "A0", "09:59", "999"),
    ]),
  );
  // The state rows follow the commit.
  await vi.waitFor(
    async () => {
      const { rows } = await pool.query(
        "SELECT (SELECT count(*) FROM last_order) + (SELECT count(*) FROM gross_order) AS n",
      );
      expect(rows[0]?.n).toBe("6");
    },
    { timeout: 10_000, interval: 20 },
  );
}, 60_000);
afterAll(async () => {
  await writer?.stop();
  await pool?.end();
  await server?.stop();
});

const ctx = () => ({ pool, cipher: TEST_CIPHER, time: TEST_TIME, epoch: "e", now: () => at("11-22 11:20") });

test("hourly figures are those of the worked example, the running hour is partial (O4, O5, O7)", async () => {
  const answer = await hourly(ctx(), {});
  expect(answer).toMatchObject({ date: DATE, zone: "Asia/Shanghai", completeTo: "2026-11-22T03:10:00.000Z" });
  expect(
    answer.hours.map((hour) => [hour.bizHour, hour.totalPremium, hour.grossPremium, hour.partial]),
  ).toEqual([
    ["2026112209", "0.00", "999.00", false],
    ["2026112210", "50.00", "150.00", false],
    ["2026112211", "80.00", "80.00", true],
  ]);
  expect(answer.snapshot).toMatchObject({ epoch: "e", position: expect.any(Number) });
});

test("what moved an hour is told with both orders, newest first, in pages (O8)", async () => {
  const told = await hourCauses(ctx(), "2026112210", { limit: 2 });
  const rest = await hourCauses(ctx(), "2026112210", { limit: 2, cursor: told.nextCursor ?? undefined });
  expect([...told.items, ...rest.items]).toMatchObject([
    {
      kind: "left",
      orderNo: "A1",
      payable: "100.00",
      seq: "3",
      other: { orderNo: "A2", bizHour: "2026112211", payable: "80.00" },
    },
    { kind: "joined", orderNo: "B1", seq: "2", other: null },
    { kind: "joined", orderNo: "A1", seq: "1", other: null },
  ]);
  expect(rest.nextCursor).toBeNull();
  // An order that came to stand in no hour moved none.
  expect((await hourCauses(ctx(), "2026112209", { limit: 9 })).items).toEqual([]);
  await expect(hourCauses(ctx(), "2026112224", { limit: 9 })).rejects.toThrow(InvalidInput);
});

test("the other day is told as it stood at the same minute: before the user moved", async () => {
  const query = { date: "2026-11-23", with: "yesterday" } as const;
  const before = await comparison(ctx(), { ...query, minute: 11 * 60 });
  expect(before).toMatchObject({ days: [DATE], totals: { totalPremium: "150.00", policyCount: 2 } });
  const whole = await comparison(ctx(), { ...query, minute: 1440 });
  expect(whole.totals).toMatchObject({ totalPremium: "130.00", grossPremium: "1229.00", grossOrderCount: 4 });
  expect(whole.hours).toHaveLength(3);
});

test("nothing is known of a day without orders", async () => {
  const nothing = { days: [], totals: null, hoursThen: null, hours: [], wholeTotals: null };
  expect(await comparison(ctx(), { date: DATE, with: "yesterday", minute: 600 })).toMatchObject(nothing);
});

test("an order that changes no hour of the day still changes how the day stood (O2)", async () => {
  const earlier = () => comparison(ctx(), { date: "2026-11-23", with: "yesterday", minute: 10 * 60 + 20 });
  expect((await earlier()).totals?.totalPremium).toBe("100.00");
  await writer.submit(batchOf("orders", [at22("7", "A1", "10:02", "70")])); // an older version of A1
  expect((await earlier()).totals?.totalPremium).toBe("100.00");
  await writer.submit(batchOf("orders", [at22("7", "A1", "10:19", "110")]));
  expect((await earlier()).totals?.totalPremium).toBe("110.00");
});

test("the winners behind a bar are masked and paged", async () => {
  const { items, nextCursor } = await hourWinners(ctx(), "2026112210", { limit: 1 }, null);
  expect(nextCursor).toBeNull();
  expect(items).toEqual([
    expect.objectContaining({
      userId: "8",
      orderNo: "B1",
      payable: "50.00",
      customerName: "王*",
      customerTel: "138 **** 5678",
      certificateNo: "**** 34",
    }),
  ]);
  await expect(hourWinners(ctx(), "2026112299", { limit: 1 }, null)).rejects.toThrow(InvalidInput);
});

test("whoever has a data scope has every winner of the hour, and learns who is behind it of their own customers alone", async () => {
  await pool.query(
    "INSERT INTO key_user (user_id, raw_premium, segment) VALUES (17, 1, 'east'), (18, 1, 'west')",
  );
  const of = (userId: string, orderNo: string, clock: string): OrderEvent =>
    order({ userId, orderNo, gmtModified: at(`11-20 ${clock}`), payable: fen("10"), ...PERSONAL });
  await writer.submit(
    batchOf("orders", [of("17", "C1", "13:05"), of("18", "C2", "13:06"), of("19", "C3", "13:07")]),
  );
  const read = async (scope: DataScope) =>
    (await hourWinners(ctx(), "2026112013", { limit: 9 }, scope)).items.map((item) => [
      item.orderNo,
      item.payable,
      [item.customerName, item.customerTel, item.certificateNo],
    ]);
  const masked = ["王*", "138 **** 5678", "**** 34"];
  const nobody = [null, null, null];
  await vi.waitFor(async () => expect(await read(null)).toHaveLength(3), PATIENCE);
  expect(await read(null)).toEqual([
    ["C3", "10.00", masked],
    ["C2", "10.00", masked],
    ["C1", "10.00", masked],
  ]);
  expect(await read(["east", "north"])).toEqual([
    ["C3", "10.00", nobody],
    ["C2", "10.00", nobody],
    ["C1", "10.00", masked],
  ]);
});

test("replaced orders itemise the difference of gross and last-order, page by page (O7)", async () => {
  const first = await replacedOrders(ctx(), { date: DATE, limit: 1 });
  expect(first.inGrossOnly.count).toBe(2);
  expect(first.inLastOnly).toEqual({ count: 0, premium: "0.00" });
  expect(first.items).toMatchObject([{ orderNo: "A1", replacedBy: { orderNo: "A2", payable: "80.00" } }]);
  const second = await replacedOrders(ctx(), { date: DATE, limit: 1, cursor: first.nextCursor ?? "" });
  expect(second.items).toMatchObject([{ orderNo: "A0", payable: "999.00", countedIn: "gross" }]);
  expect(second.nextCursor).toBeNull();
});

test("one number of two users: gross has it once, last-order twice, and the list says so (O7)", async () => {
  const shared = (userId: string, clock: string) =>
    order({ userId, orderNo: "S", gmtModified: at(`11-21 ${clock}`), payable: fen("10") });
  await writer.submit(batchOf("orders", [shared("1", "10:00"), shared("2", "10:30")]));
  await vi.waitFor(
    async () =>
      expect(await replacedOrders(ctx(), { date: "2026-11-21", limit: 9 })).toMatchObject({
        items: [{ userId: "1", countedIn: "last", replacedBy: { userId: "2", orderNo: "S" } }],
        inGrossOnly: { count: 0 },
        inLastOnly: { count: 1, premium: "10.00" },
      }),
    { timeout: 10_000, interval: 20 },
  );
});

test("the CSV is the table: a byte order mark, the chosen premium, and beside it what it is compared with", async () => {
  const text = await hourlyCsv(ctx(), { date: "2026-11-23", show: "last", with: DATE });
  const [header, first] = text.split("\n");
  expect(header).toBe(
    `\uFEFFdate,hour,total_premium,policy_count,policy_holder_count,compared_until,${[
      "total_premium",
      "policy_count",
      "policy_holder_count",
    ]
      .map((name) => `${name}_on_${DATE},${name}_difference,${name}_percent,${name}_on_${DATE}_whole_hour`)
      .join()},partial,revised_by_late`,
  );
  expect(first).toBe("2026-11-23,09:00,,,,24:00,0.00,,,0.00,0,,,0,0,,,0,,");
});

test("the CSV of a running day compares up to the minute that runs, hour by hour, never part against whole (O13)", async () => {
  const day = (date: string, clock: string, payable: string, userId: string) =>
    order({
      userId,
      orderNo: `${userId}${date}`,
      gmtModified: at(`${date} ${clock}`),
      payable: fen(payable),
    });
  await writer.submit(
    batchOf("orders", [
      day("10-05", "10:05", "100", "1"),
      day("10-05", "11:10", "40", "2"),
      day("10-05", "11:50", "60", "3"),
      day("10-05", "12:30", "70", "4"),
      day("10-06", "10:10", "90", "1"),
      day("10-06", "11:10", "50", "2"),
    ]),
  );
  const now = () => at("10-06 11:20");
  const text = await hourlyCsv({ ...ctx(), now }, { date: "2026-10-06", show: "last", with: "yesterday" });
  const premium = text
    .split("\n")
    .map((line) => [1, 2, 5, 6, 7, 8, 9].map((column) => line.split(",")[column]));
  expect(premium.slice(1, -1)).toEqual([
    ["10:00", "90.00", "11:20", "100.00", "-10.00", "-10.0", "100.00"],
    ["11:00", "50.00", "11:20", "40.00", "10.00", "25.0", "100.00"],
    ["12:00", "", "11:20", "", "", "", "70.00"],
  ]);
});

test("a negative premium stays a number in CSV", async () => {
  await writer.submit(
    batchOf("orders", [
      order({ userId: "9", orderNo: "N1", gmtModified: at("11-20 10:05"), payable: fen("-50.25") }),
    ]),
  );
  const text = await hourlyCsv(ctx(), { date: "2026-11-20", show: "last", with: undefined });
  expect(text.split("\n")[1]).toMatch(/^2026-11-20,10:00,-50\.25,1,1,/);
});

test("what moved comes with the position from which patches go on", async () => {
  const move = { key: "1" } as Move;
  const live = { socketCount: () => 0, rate: () => 0, recentMoves: () => ({ items: [move], perSecond: 2 }) };
  expect(await recentMoves({ ...ctx(), live })).toMatchObject({
    items: [move],
    perSecond: 2,
    snapshot: { epoch: "e" },
  });
});
