import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  ADA,
  type DeadLetterHarness,
  openDeadLetterHarness,
  streamCounts,
} from "#testing/factories/dead-letter-harness.ts";
import { at } from "#testing/factories/events.ts";
import { writtenActs } from "#testing/harness/audit-log.ts";
import { startTestServer, TEST_CIPHER, type TestServer } from "#testing/harness/writer-harness.ts";
import type { DeadLetter } from "../contracts/api/dead-letters.ts";
import { readLogAfter } from "../streams/log/log.ts";
import { ORDERS } from "../streams/orders/stream.ts";
import { deadLetter } from "./dead-letter.ts";
import { discardDeadLetter, discardDeadLetters } from "./discard-dead-letters.ts";
import { deadLetters, reasonGroups } from "./list-dead-letters.ts";
import { replayDeadLetter } from "./replay-dead-letter.ts";
import { replayDeadLetters } from "./replay-dead-letters.ts";

let server: TestServer;
let url: string;
let harness: DeadLetterHarness;

beforeAll(async () => {
  server = await startTestServer();
}, 60_000);
afterAll(() => server?.stop(), 60_000);
beforeEach(async () => {
  url = await server.freshDatabase();
  harness = await openDeadLetterHarness(url);
});
afterEach(() => harness.close());

const TIME = at("11-22 10:05");
const bad = {
  id: "7",
  order_no: "A1",
  gmt_modified: TIME,
  account_payble: "1,000元",
  customer_tel: "13812345678",
};

const all = async (filter = {}): Promise<DeadLetter[]> =>
  (await deadLetters(harness.ctx, { limit: 100, ...filter })).items;
const only = async (): Promise<DeadLetter> => {
  const [deadLetter, ...others] = await all();
  expect(others).toEqual([]);
  if (!deadLetter) throw new Error("there is no dead letter");
  return deadLetter;
};
const audits = async () =>
  (await writtenActs(harness.pool)).map(({ actor, action, subject, details }) => ({
    actor,
    action,
    subject,
    details,
  }));
const premium = async () =>
  (await harness.pool.query("SELECT sum(total_premium)::text AS sum FROM hour_figure")).rows[0]?.sum;

describe("the list", () => {
  test("filters by stream, code, field, state and time, and goes on from page to page", async () => {
    await harness.send("orders", [bad, { ...bad, id: null }, "no json"]);
    harness.setNow(at("11-22 13:00"));
    await harness.send("page_views", [{ log_time: "x" }]);
    const codes = async (filter: object) => (await all(filter)).map(({ code }) => code);
    expect(await codes({ stream: "orders" })).toEqual(["bad_json", "missing_field", "bad_amount"]);
    expect(await codes({ stream: "page-views" })).toEqual(["bad_time"]);
    expect(await codes({ code: "bad_time" })).toEqual(["bad_time"]);
    expect(await codes({ field: "id" })).toEqual(["missing_field"]);
    expect(await codes({ field: "" })).toEqual(["bad_json"]);
    expect(await codes({ from: "2026-11-22T12:30:00+08:00" })).toEqual(["bad_time"]);
    expect(await codes({ to: "2026-11-22T12:30:00+08:00", code: "bad_json" })).toEqual(["bad_json"]);
    expect(await codes({ state: "replayed" })).toEqual([]);
    await expect(all({ stream: "nothing" })).rejects.toMatchObject({ code: "invalid_input" });
    const first = await deadLetters(harness.ctx, { limit: 3 });
    const rest = await deadLetters(harness.ctx, { limit: 3, cursor: first.nextCursor ?? "" });
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual((await all()).map(({ id }) => id));
    expect(rest.nextCursor).toBeNull();
  });

  test("counts each reason group, most first", async () => {
    await harness.send("orders", [bad, { ...bad, id: null }, bad, "no json"]);
    const { items } = await reasonGroups(harness.ctx, { state: "open" });
    expect(items.map(({ stream, code, field, count }) => [stream, code, field, count])).toEqual([
      ["orders", "bad_amount", "account_payble", 2],
      ["orders", "bad_json", null, 1],
      ["orders", "missing_field", "id", 1],
    ]);
  });

  test("shows the line of one with what is personal masked", async () => {
    await harness.send("orders", [{ ...bad, customer_name: "王小明", coupon: "x" }]);
    const detail = await deadLetter(harness.ctx, (await only()).id);
    expect(detail).toMatchObject({ isReadable: true, isEdited: false, unknownFields: ["coupon"] });
    const shown = Object.fromEntries(
      detail.fields.map((field) => [field.name, [field.shown, field.isMasked]]),
    );
    expect(shown).toMatchObject({
      id: ["7", false],
      account_payble: ["1,000元", false],
      customer_tel: ["138 **** 5678", true],
      customer_name: ["王*", true],
      certificate_no: [null, false],
    });
    await expect(deadLetter(harness.ctx, "999")).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("editing one", () => {
  test("sends the line with the replaced fields, the kept ones from the sealed original", async () => {
    await harness.send("orders", [bad]);
    harness.setNow(at("11-22 14:00"));
    const { id, version } = await only();
    const fields = { account_payble: "1000" };
    const answer = await replayDeadLetter(harness.ctx, ADA, { id, version, fields, reason: "unit removed" });
    expect(answer).toMatchObject({
      disposition: "applied",
      deadLetter: {
        state: "replayed",
        version: 2,
        settledBy: "Ada",
        settledAt: "2026-11-22T06:00:00.000Z",
        reason: "unit removed",
        code: "bad_amount",
      },
    });
    expect(await premium()).toBe("1000.00");
    for await (const { runs } of readLogAfter(harness.pool, TEST_CIPHER, ORDERS, 0)) {
      expect(runs.flatMap((run) => [...run.events])).toMatchObject([
        { customerTel: "13812345678", payable: 100_000n },
      ]);
    }
    expect(await audits()).toEqual([
      {
        actor: "ada",
        action: "dead-letters.replay",
        subject: `dead letter ${id}`,
        details: { replayed: 1, refused: 0, fields: ["account_payble"], reason: "unit removed" },
      },
    ]);
    expect((await streamCounts(harness.pool)).orders).toMatchObject({
      received: 2,
      accepted: 1,
      rejected: 1,
      replayed: 1,
      discarded: 0,
      openRows: 0,
    });
  });

  test("refused again it stays open with the new reason, counted once, and the next attempt builds on it", async () => {
    await harness.send("orders", [{ ...bad, id: "x" }]);
    const { id } = await only();
    const first = await replayDeadLetter(harness.ctx, ADA, { id, version: 1, fields: { id: "8" } });
    expect(first).toMatchObject({
      disposition: "rejected",
      deadLetter: { state: "open", version: 2, attempts: 1, code: "bad_amount", field: "account_payble" },
    });
    expect((await streamCounts(harness.pool)).orders).toMatchObject({
      received: 1,
      rejected: 1,
      replayed: 0,
      deadLetters: 1,
    });
    expect((await deadLetter(harness.ctx, id)).isEdited).toBe(true);
    const second = await replayDeadLetter(harness.ctx, ADA, {
      id,
      version: 2,
      fields: { account_payble: null },
    });
    expect(second.disposition).toBe("applied");
    const { rows } = await harness.pool.query("SELECT user_id FROM last_order");
    expect(rows).toEqual([{ user_id: "8" }]);
  });

  test("a line that is no JSON is written anew; fields of another stream are refused", async () => {
    await harness.send("orders", ["{broken"]);
    const { id } = await only();
    const fields = { id: "7", order_no: "A1", gmt_modified: String(TIME), account_payble: "5" };
    await expect(
      replayDeadLetter(harness.ctx, ADA, { id, version: 1, fields: { now_premium: "1" } }),
    ).rejects.toMatchObject({ code: "invalid_input" });
    expect(await replayDeadLetter(harness.ctx, ADA, { id, version: 1, fields })).toMatchObject({
      disposition: "applied",
    });
  });

  test("as it stands, once its time has come (C8)", async () => {
    await harness.send("orders", [{ ...bad, account_payble: 5, gmt_modified: at("11-22 12:30") }]);
    const { id } = await only();
    expect(await replayDeadLetter(harness.ctx, ADA, { id, version: 1 })).toMatchObject({
      disposition: "rejected",
    });
    harness.setNow(at("11-22 12:31"));
    expect(await replayDeadLetter(harness.ctx, ADA, { id, version: 2 })).toMatchObject({
      disposition: "applied",
    });
  });

  test("counts as any sender's repeat when the same event came meanwhile (C9)", async () => {
    await harness.send("orders", [bad]);
    await harness.send("orders", [{ ...bad, account_payble: "1000" }]);
    const { id } = await only();
    const answer = await replayDeadLetter(harness.ctx, ADA, {
      id,
      version: 1,
      fields: { account_payble: "1000" },
    });
    expect(answer).toMatchObject({ disposition: "duplicate", deadLetter: { state: "replayed" } });
    expect(await premium()).toBe("1000.00");
  });

  test("by two people at once reaches the log once; the other is told", async () => {
    await harness.send("orders", [bad]);
    const { id } = await only();
    const edit = (amount: string) =>
      replayDeadLetter(harness.ctx, ADA, { id, version: 1, fields: { account_payble: amount } });
    const outcomes = await Promise.allSettled([
      edit("1"),
      edit("2"),
      discardDeadLetter(harness.ctx, ADA, { id, version: 1, reason: "x" }),
    ]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected", "rejected"]);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") {
        expect(outcome.reason).toMatchObject({ code: "conflict", fields: { current: { id, version: 2 } } });
      }
    }
    const { orders } = await streamCounts(harness.pool);
    expect((orders?.replayed ?? 0) + (orders?.discarded ?? 0)).toBe(1);
    expect(orders?.logged).toBe(orders?.replayed);
  });

  test("needs the version that was seen, and an open letter", async () => {
    await harness.send("orders", [bad]);
    const { id } = await only();
    const stale = { code: "conflict", fields: { current: { id, state: "open", version: 1 } } };
    await expect(replayDeadLetter(harness.ctx, ADA, { id, version: 9 })).rejects.toMatchObject(stale);
    await expect(discardDeadLetter(harness.ctx, ADA, { id, version: 9, reason: "x" })).rejects.toMatchObject(
      stale,
    );
    await discardDeadLetter(harness.ctx, ADA, { id, version: 1, reason: "a test of theirs" });
    const gone = {
      code: "conflict",
      fields: { current: { state: "discarded", reason: "a test of theirs" } },
    };
    await expect(replayDeadLetter(harness.ctx, ADA, { id, version: 2 })).rejects.toMatchObject(gone);
    await expect(replayDeadLetter(harness.ctx, ADA, { id: "x", version: 1 })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("a reason group", () => {
  const group = { stream: "orders", code: "event_in_future", field: "gmt_modified" } as const;
  const early = (n: number, minutes = 30) => ({
    id: String(n),
    order_no: `A${n}`,
    gmt_modified: at("11-22 12:00") + minutes * 60_000,
    account_payble: 1,
  });

  test("replays those that are open, keeps those that are refused again, and leaves other reason groups alone", async () => {
    await harness.send("orders", [early(1), early(2), early(3, 600), bad]);
    harness.setNow(at("11-22 13:00"));
    const answer = await replayDeadLetters(harness.ctx, ADA, { ...group, reason: "their clock was fast" });
    expect(answer).toMatchObject({
      replayed: 2,
      refused: 1,
      dispositions: { applied: 2, rejected: 1 },
      nextCursor: null,
    });
    expect((await all()).map(({ state, attempts }) => [state, attempts])).toEqual([
      ["open", 0],
      ["open", 1],
      ["replayed", 0],
      ["replayed", 0],
    ]);
    expect(await replayDeadLetters(harness.ctx, ADA, group)).toMatchObject({ replayed: 0, refused: 1 });
    expect((await audits()).map(({ subject, details }) => [subject, details])).toEqual([
      [
        "dead letters orders event_in_future gmt_modified",
        { replayed: 2, refused: 1, reason: "their clock was fast" },
      ],
      ["dead letters orders event_in_future gmt_modified", { replayed: 0, refused: 1 }],
    ]);
  });

  test("discards them with a reason, and tells the screens", async () => {
    await harness.send("orders", [early(1), early(2), bad]);
    const answer = await discardDeadLetters(harness.ctx, ADA, { ...group, reason: "a load test" });
    expect(answer).toEqual({ discarded: 2, nextCursor: null });
    expect(harness.published).toHaveLength(1);
    expect((await all({ state: "discarded" })).map(({ reason, settledBy }) => [reason, settledBy])).toEqual([
      ["a load test", "Ada"],
      ["a load test", "Ada"],
    ]);
    expect(await discardDeadLetters(harness.ctx, ADA, { ...group, reason: "again" })).toEqual({
      discarded: 0,
      nextCursor: null,
    });
    expect((await streamCounts(harness.pool)).orders).toMatchObject({
      received: 3,
      rejected: 3,
      discarded: 2,
      openRows: 1,
    });
  });

  test("while the writer is away nothing is said to be replayed", async () => {
    await harness.send("orders", [early(1)]);
    harness.setNow(at("11-22 13:00"));
    await harness.stopWriter();
    await expect(replayDeadLetters(harness.ctx, ADA, group)).rejects.toMatchObject({ code: "unavailable" });
    expect(await only()).toMatchObject({ state: "open", version: 1 });
  });
});
