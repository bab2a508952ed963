import pg from "pg";
import { describe, expect, test } from "vitest";
import { enter, insertCase, insertCases, somebody } from "#testing/factories/case-factory.ts";
import { at, fen, order, premiumChange } from "#testing/factories/events.ts";
import { casesForEachTest } from "#testing/harness/cases.ts";
import { batchOf, startTestWriter } from "#testing/harness/writer-harness.ts";
import { casesQuery, occurrencesQuery } from "../contracts/api/retention.ts";
import { findOccurrences } from "./occurrences.ts";
import { owners } from "./owners.ts";
import { premiumHistory } from "./premium-history.ts";
import { retentionCase } from "./retention-case.ts";
import { retentionCases } from "./retention-cases.ts";
import { retentionCounts } from "./retention-counts.ts";

const lin = somebody("lin");
const harness = casesForEachTest(lin);

const LIN = { kind: "person", id: "lin", name: "Lin", role: "manager", sessionId: "lin" } as const;
const list = (query: Record<string, unknown>) => retentionCases(harness, casesQuery.parse(query), LIN);

/** Ids of all pages, in order. */
async function everyPage(query: Record<string, unknown>): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await list({ ...query, ...(cursor === null ? {} : { cursor }) });
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return ids;
}

describe("pages of the queue", () => {
  test.each(["premiumAtRisk", "openedAt", "updatedAt"])("by %s are complete under ties", async (sort) => {
    const ids = await insertCases(
      harness.pool,
      Array.from({ length: 103 }, (_, n) => ({
        premiumAtRisk: `${n % 3}.10`,
        openedAt: new Date(at("11-22 10:00") + (n % 2)),
      })),
    );
    const seen = await everyPage({ sort, limit: 10 });
    expect(seen).toHaveLength(103);
    expect(new Set(seen)).toEqual(new Set(ids));
    expect(seen).toEqual(await everyPage({ sort, limit: 500 }));
  });

  test("put the greatest premium at risk first, as a number", async () => {
    const [small, great, middle] = await insertCases(harness.pool, [
      { premiumAtRisk: "9.00" },
      { premiumAtRisk: "100000.00" },
      { premiumAtRisk: "10.00" },
    ]);
    expect(await everyPage({})).toEqual([great, middle, small]);
  });

  test("stay whole while cases before them close and new ones come", async () => {
    const ids = await insertCases(
      harness.pool,
      Array.from({ length: 30 }, () => ({})),
    );
    const first = await list({ state: "open", limit: 10 });
    await harness.pool.query("UPDATE retention_case SET state = 'closed' WHERE id = $1", [ids.at(-1)]);
    await insertCase(harness.pool, { userId: "999", premiumAtRisk: "1000000.00" });
    const rest = await everyPage({ state: "open", limit: 10, cursor: first.nextCursor });
    expect([...first.items.map(({ id }) => id), ...rest]).toEqual(ids.toReversed());
  });

  test.each([
    ["state=open", { state: "open" }, ["1", "2", "3", "4"]],
    ["several states", { state: "new, closed" }, ["1", "5"]],
    ["everything", {}, ["1", "2", "3", "4", "5"]],
    ["mine", { assignee: "me" }, ["2", "5"]],
    ["nobody's", { assignee: "none", state: "open" }, ["1", "4"]],
    ["those that need somebody", { state: "now" }, ["1", "2", "3"]],
    ["another's", { assignee: "he" }, ["3"]],
    ["one user's", { userId: "4" }, ["4"]],
  ])("can be filtered: %s", async (_, query, users) => {
    await insertCases(harness.pool, [
      { userId: "1", state: "new" },
      { userId: "2", state: "claimed", assignee: "lin" },
      { userId: "3", state: "contacted", assignee: "he" },
      { userId: "4", state: "recovered" },
      { userId: "5", state: "closed", assignee: "lin" },
    ]);
    const { items } = await list(query);
    expect(items.map(({ userId }) => userId).sort()).toEqual(users);
  });

  test.each([
    ["the whole number", "8000123", ["8000123"]],
    ["its last digits", "123", ["8000123", "9123"]],
    ["digits that begin with zeros", "0123", ["8000123"]],
    ["more digits than it has", "98000123", []],
    ["no case's", "77", []],
  ])("are found by customer number, in any state and whoever has them: %s", async (_, find, users) => {
    await insertCases(harness.pool, [
      { userId: "8000123", state: "closed", assignee: "lin" },
      { userId: "9123", state: "snoozed" },
      { userId: "1234", state: "new" },
    ]);
    const { items } = await list({ find });
    expect(items.map(({ userId }) => userId).sort()).toEqual(users);
  });

  test("may be asked for by whoever works on cases, or still has an open one", async () => {
    await enter(harness, somebody("ops", "operations"));
    await enter(harness, somebody("gone"));
    await harness.db.user.update({ where: { id: "gone" }, data: { disabledAt: new Date() } });
    await insertCases(harness.pool, [
      { assignee: "gone", state: "closed" },
      { assignee: "ops", state: "claimed" },
    ]);
    const { items } = await owners(harness, null);
    const ids = items.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(["lin", "ops"]));
    expect(ids).not.toContain("gone");
  });

  test.each([
    ["all", {}, { open: 5, now: 3, byState: { new: 1, claimed: 1, snoozed: 1, recovered: 1, closed: 1 } }],
    ["mine", { assignee: "me" }, { open: 2, now: 1, byState: { new: 0, claimed: 1, snoozed: 1, closed: 1 } }],
    ["nobody's", { assignee: "none" }, { open: 2, now: 1, byState: { new: 1, recovered: 1, closed: 0 } }],
    ["another's", { assignee: "he" }, { open: 1, now: 1, byState: { contacted: 1, closed: 0 } }],
  ])("are counted as they are filtered: %s", async (_, query, counts) => {
    await insertCases(harness.pool, [
      { state: "new" },
      { state: "claimed", assignee: "lin" },
      { state: "snoozed", assignee: "lin" },
      { state: "contacted", assignee: "he" },
      { state: "recovered" },
      { state: "closed", assignee: "lin" },
    ]);
    expect(await retentionCounts(harness, query, LIN)).toMatchObject(counts);
    const { items } = await list({ ...query, state: "now" });
    expect(items).toHaveLength(counts.now);
  });

  test("are read by few plans, whatever is asked for and from wherever", async () => {
    await insertCases(
      harness.pool,
      Array.from({ length: 60 }, (_, n) => ({ assignee: n % 2 === 0 ? "lin" : "he" })),
    );
    const pool = new pg.Pool({ connectionString: harness.url, max: 1 });
    const page = (query: Record<string, unknown>) =>
      retentionCases({ ...harness, pool }, casesQuery.parse(query), LIN);
    const { nextCursor: cursor } = await page({ assignee: "he", limit: 7 });
    for (let limit = 1; limit <= 50; limit += 1) {
      const state = limit % 2 === 0 ? "open" : "new,closed";
      const assignee = limit % 3 === 0 ? "me" : "he";
      await page({ state, assignee, limit, cursor: limit % 5 === 0 ? cursor : undefined });
    }
    const { rows } = await pool.query(
      "SELECT custom_plans, generic_plans FROM pg_prepared_statements WHERE statement LIKE '%wanted%'",
    );
    await pool.end();
    expect(rows).toEqual([{ custom_plans: "5", generic_plans: "46" }]);
  });

  test("name each customer as the newest order does, masked", async () => {
    await insertCases(harness.pool, [{ userId: "7" }, { userId: "8" }, { userId: "9" }]);
    const writer = await startTestWriter(harness.url);
    const [old, newer] = [at("11-20 10:00"), at("11-22 10:00")];
    await writer.submit(
      batchOf("orders", [
        order({
          userId: "7",
          orderNo: "A1",
          gmtModified: old,
          customerName: "Anna",
          customerTel: "13812345678",
        }),
        order({
          userId: "7",
          orderNo: "A2",
          gmtModified: newer,
          customerName: "Bo",
          customerTel: "13912345679",
        }),
        order({ userId: "8", orderNo: "B1", gmtModified: old, customerName: "Cy", customerTel: null }),
      ]),
    );
    await writer.stop();
    const { items } = await list({ sort: "openedAt" });
    expect(items.map(({ userId, customerName, customerTel }) => [userId, customerName, customerTel])).toEqual(
      [
        ["9", null, null],
        ["8", "C*", null],
        ["7", "B*", "139 **** 5679"],
      ],
    );
  });

  test.each([
    { state: "asleep" },
    { cursor: "not one of ours" },
    { cursor: Buffer.from('["a","b"]').toString("base64url") },
    { cursor: Buffer.from("[1]").toString("base64url") },
    { userId: "9999999999999999999" },
  ])("refuse %j as the caller's mistake", async (query) => {
    await expect((async () => list(query))()).rejects.toMatchObject({
      name: expect.stringMatching(/InvalidInput|ZodError/),
    });
  });
});

describe("evidence", () => {
  /** 1000 → 800 (both rules) → 700 (cumulative) → 500 (both): three occurrences in one case, three moves. */
  async function fall(userId: string, start: string): Promise<void> {
    await harness.db.keyUser.create({
      data: { userId: BigInt(userId), rawPremium: "1000", rawInfo: "whole life" },
    });
    await harness.pool.query(
      `INSERT INTO baseline_change (user_id, source, changed_at, premium_after, info_after) VALUES ($1, 'add', $2, 1000, 'whole life')`,
      [userId, new Date(at("11-22 12:00"))],
    );
    const writer = await startTestWriter(harness.url);
    const amounts = ["800", "700", "500"];
    const events = amounts.map((amount, n) =>
      premiumChange({
        userId,
        nowPremium: fen(amount),
        gmtModified: at(`11-22 ${start}`) + n * 60_000,
        nowInfo: `term ${n}`,
      }),
    );
    await writer.submit(batchOf("premium_changes", events));
    await writer.stop();
  }

  test("of a case is complete and oldest first, its timeline newest first (K7)", async () => {
    await fall("7", "10:00");
    const [summary] = (await list({ userId: "7" })).items;
    expect(summary).toMatchObject({
      baselineBefore: "1000.00",
      amountNow: "500.00",
      premiumAtRisk: "500.00",
      dropPercent: "50.0",
      rules: ["cumulative", "step"],
    });
    const found = await retentionCase(harness, summary?.id ?? "", null);
    expect(found.occurrences).toMatchObject([
      {
        rules: ["step", "cumulative"],
        stepPercent: "15.00",
        cumulativePercent: "15.00",
        anchor: "1000.00",
        ruleVersion: 1,
        baselineBefore: "1000.00",
        amountNow: "800.00",
        infoBefore: "whole life",
        infoNow: "term 0",
        seq: "1",
      },
      { rules: ["cumulative"], baselineBefore: "800.00", amountNow: "700.00", seq: "2" },
      {
        baselineBefore: "700.00",
        amountNow: "500.00",
        infoBefore: "term 1",
        infoNow: "term 2",
        seq: "3",
        eventTime: "2026-11-22T02:02:00.000Z",
      },
    ]);
    expect(Number(found.occurrences[2]?.dropPercent)).toBeCloseTo(28.5714, 4);
    expect(found.timeline.map(({ kind, actor }) => [kind, actor])).toEqual([
      ["joined", null],
      ["joined", null],
      ["opened", null],
    ]);
  });

  test("is told as a curve that begins with the listed baseline, wherever the list was made", async () => {
    await fall("7", "10:00");
    const [summary] = (await list({ userId: "7" })).items;
    const { items } = await premiumHistory(harness, summary?.id ?? "");
    expect(items.map(({ amount }) => amount)).toEqual(["1000.00", "800.00", "700.00", "500.00"]);
    expect(items.map(({ at }) => at)).toEqual(items.map(({ at }) => at).toSorted());
  });

  test("is paged by event time under ties, and cut by user and time", async () => {
    for (const userId of ["7", "8", "9"]) await fall(userId, "10:00");
    const find = (query: object) => findOccurrences(harness, occurrencesQuery.parse(query), null);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await find({ limit: 1, ...(cursor === null ? {} : { cursor }) });
      seen.push(...page.items.map(({ eventTime, id }) => `${eventTime} ${id}`));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(seen.toSorted());
    expect(new Set(seen).size).toBe(9);

    const late = await find({
      userId: "8",
      from: "2026-11-22T10:02:00+08:00",
      to: "2026-11-22T10:03:00+08:00",
    });
    expect(late.items).toMatchObject([{ userId: "8", amountNow: "500.00", caseId: expect.any(String) }]);
    expect((await find({ to: "2026-11-22T10:00:00+08:00" })).items).toEqual([]);
  });
});
