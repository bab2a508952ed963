import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { insertCase, somebody } from "#testing/factories/case-factory.ts";
import { at } from "#testing/factories/events.ts";
import { casesForEachTest } from "#testing/harness/cases.ts";
import { importKeyUsers } from "./import-key-users.ts";
import { keyUser, keyUserHistory } from "./list-key-users.ts";
import { readKeyUsers } from "./read-key-user-rows.ts";
import { removeKeyUser } from "./remove-key-user.ts";

const ada = somebody("ada", "administrator");
const harness = casesForEachTest(ada);

const HEADER = "id,raw_premium,raw_info,baseline_as_of";
const csvOf = (lines: readonly string[]) => [HEADER, ...lines].join("\n");
const readCsv = (text: string) => readKeyUsers(Buffer.from(text), "csv");
const load = async (lines: readonly string[], options: { dryRun?: boolean; skipRejected?: boolean } = {}) => {
  const rows = await readCsv(csvOf(lines));
  return importKeyUsers(harness, ada, rows, { dryRun: false, skipRejected: false, ...options });
};

/** The whole list with its history, to compare before and after. */
async function everything(): Promise<unknown> {
  const { rows } = await harness.pool.query("SELECT * FROM key_user ORDER BY user_id");
  const history = await harness.pool.query("SELECT * FROM baseline_change ORDER BY id");
  return [rows, history.rows];
}

describe("an import", () => {
  test("adds, changes and leaves alone, with the baseline's place as rule K3 has it", async () => {
    await load(["1,100,a,", "2,200,b,", "3,300,c,2026-11-20T00:00:00Z", "4,400,d,"]);
    await insertCase(harness.pool, { userId: "2" });
    await insertCase(harness.pool, { userId: "1" });
    harness.published.length = 0;
    const answer = await load([
      "1,100.00,a,",
      "2,150.005,b,",
      "3,300,other text,",
      "5,500,,1763769600000",
      "4,1,d,2026-11-21T08:00:00+08:00",
    ]);
    expect(answer).toMatchObject({
      added: 1,
      changed: 3,
      unchanged: 1,
      rejected: [],
      affectedCases: 1,
      importId: expect.any(String),
    });
    const currentRow = async (id: string) => {
      const { rawPremium, rawInfo, baselineAsOf, version, updatedBy } = await keyUser(harness, id);
      return [rawPremium, rawInfo, baselineAsOf, version, updatedBy];
    };
    expect(await currentRow("1")).toEqual(["100.00", "a", null, 1, "Ada"]);
    expect(await currentRow("2")).toEqual([
      "150.01",
      "b",
      new Date(at("11-22 12:00")).toISOString(),
      2,
      "Ada",
    ]);
    expect(await currentRow("3")).toEqual(["300.00", "other text", "2026-11-20T00:00:00.000Z", 2, "Ada"]);
    expect(await currentRow("4")).toEqual(["1.00", "d", "2026-11-21T00:00:00.000Z", 2, "Ada"]);
    expect(await currentRow("5")).toEqual(["500.00", null, "2025-11-22T00:00:00.000Z", 1, "Ada"]);
    expect(harness.published).toMatchObject([{ keyUserIds: ["1", "2", "3", "5", "4"] }]);
    const { items } = await keyUserHistory(harness, "2", null);
    expect(items[0]).toMatchObject({
      source: "import",
      actor: "Ada",
      premiumBefore: "200.00",
      premiumAfter: "150.01",
    });
  });

  test("brings a removed customer back, counted as added", async () => {
    await load(["1,100,a,"]);
    await removeKeyUser({ ctx: harness, actor: ada, userId: "1" }, 1);
    expect(await load(["1,100,a,"])).toMatchObject({ added: 1, changed: 0, unchanged: 0 });
    expect(await keyUser(harness, "1")).toMatchObject({ removedAt: null, version: 3 });
  });

  test("is all or nothing, unless refused lines are to be skipped", async () => {
    await load(["1,100,a,"]);
    const before = await everything();
    const lines = ["1,50,a,", "2,12.x,b,", "3,300,c,"];
    const refused = await load(lines);
    expect(refused).toMatchObject({
      importId: null,
      rejected: [{ line: 3, code: "bad_amount", field: "raw_premium" }],
    });
    expect(await everything()).toEqual(before);
    expect([await harness.db.keyUserImport.count(), await harness.db.auditEntry.count()]).toEqual([1, 1]);
    expect(await load(lines, { skipRejected: true })).toMatchObject({
      added: 1,
      changed: 1,
      importId: expect.any(String),
    });
    expect(await keyUser(harness, "3")).toMatchObject({ rawPremium: "300.00" });
  });

  test("of nothing new leaves no trace", async () => {
    await load(["1,100,a,"]);
    const before = await everything();
    expect(await load(["1,100.004,a,"])).toMatchObject({ unchanged: 1, importId: null });
    expect(await everything()).toEqual(before);
  });
});

describe("a refused line", () => {
  test.each([
    ["no id", ",5,x,", "missing_field", "id"],
    ["no baseline", "7,,x,", "missing_field", "raw_premium"],
    ["an id that is none", "x7,5,x,", "bad_type", "id"],
    ["an id with a point", "7.0,5,x,", "bad_type", "id"],
    ["an id beyond 64 bits (C5)", "9223372036854775808,5,x,", "bad_type", "id"],
    ["a negative id beyond 64 bits", "-9223372036854775809,5,x,", "bad_type", "id"],
    ["a comma for a point", '7,"12,3",x,', "bad_amount", "raw_premium"],
    ["less than nothing (K1)", "7,-0.01,x,", "bad_amount", "raw_premium"],
    ["too great an amount", "7,10000000000000000,x,", "amount_out_of_range", "raw_premium"],
    ["too long a text", `7,5,${"x".repeat(4097)},`, "too_long", "raw_info"],
    ["a NUL", "7,5,x\0y,", "bad_type", "raw_info"],
    ["a time without its zone", "7,5,x,2026-11-22 10:00", "bad_time", "baseline_as_of"],
    ["a day that is none", "7,5,x,2026-02-30T00:00:00Z", "bad_time", "baseline_as_of"],
    ["a little less than nothing (K1)", "7,-0.001,x,", "bad_amount", "raw_premium"],
    ["a cell too few", "7,5,x", "bad_type", null],
    ["a cell too many", "7,12,345.00,gold,", "bad_type", null],
    ["a quote that is never closed", '7,5,"a,', "bad_type", null],
    ["a time in seconds (C8)", "7,5,x,1763776800", "bad_time", "baseline_as_of"],
    ["a time to come (C8)", "7,5,x,2099-01-01T00:00:00Z", "bad_time", "baseline_as_of"],
    ["a time beyond all calendars", "7,5,x,9999999999999999", "bad_time", "baseline_as_of"],
  ])("has %s", async (_, line, code, field) => {
    const { rejected } = await load(["1,1,,", line]);
    expect(rejected).toMatchObject([{ line: 3, code, field }]);
    expect(rejected[0]?.message).not.toContain("12,3");
  });

  test("names the earlier line with the same id, however the id is written", async () => {
    const { rejected } = await load(["7,1,,", "+7,2,,", "007,3,,"], { dryRun: true });
    expect(rejected.map(({ line, code, message }) => [line, code, message])).toEqual([
      [3, "duplicate_id", "the same id as line 2"],
      [4, "duplicate_id", "the same id as line 2"],
    ]);
  });
});

describe("a file", () => {
  test.each([
    [
      "with a byte order mark and Windows' line ends",
      `\uFEFFid,raw_premium,raw_info\r\n7,5,"a, ""b"""\r\n`,
      { rawInfo: 'a, "b"' },
    ],
    [
      "with columns in another order, and others besides",
      "note,raw_info,raw_premium,id\nx,a,5,7\n",
      { rawInfo: "a" },
    ],
    ["with blank lines", "id,raw_premium,raw_info\n\n7,5,a\n\n", { rawInfo: "a" }],
    ["with a blank text", 'id,raw_premium,raw_info\r7,5,"  "\r', { rawInfo: null }],
  ])("%s is read", async (_, text, row) => {
    await importKeyUsers(harness, ada, await readCsv(text), { dryRun: false, skipRejected: false });
    expect(await keyUser(harness, "7")).toMatchObject({ ...row, rawPremium: "5.00" });
  });

  test.each([
    "",
    "id,raw_premium\n7,5\n",
    "7,5,a\n",
    "id,raw_premium,raw_info\n",
    "id,raw_premium,raw_info\n,,\n",
  ])("%j is refused as a whole", async (text) => {
    await expect(readCsv(text)).rejects.toThrow(/CSV|first line/);
  });
});

test("a dry run tells what the import then does, and writes nothing", async () => {
  const line = fc
    .tuple(
      fc.integer({ min: -3, max: 12 }),
      fc.constantFrom("1", "2.00", "2", "x", ""),
      fc.constantFrom("", "a", "b"),
      fc.constantFrom("", "1763769600000", "?"),
    )
    .map((cells) => cells.join(","));
  const file = fc.array(line, { minLength: 1, maxLength: 25 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(file, { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      async (files, skipRejected) => {
        await harness.empty();
        for (const lines of files) {
          const before = await everything();
          const told = await load(lines, { dryRun: true, skipRejected });
          expect(await everything()).toEqual(before);
          const { importId, ...done } = await load(lines, { skipRejected });
          expect(told).toEqual({ ...done, importId: null, addedIds: null });
          const isDone = (skipRejected || done.rejected.length === 0) && done.added + done.changed > 0;
          expect(importId !== null).toBe(isDone);
          if (importId === null) expect(await everything()).toEqual(before);
          if (isDone) expect(await load(lines, { skipRejected: true })).toMatchObject({ added: 0 });
        }
      },
    ),
    { numRuns: 40 },
  );
}, 60_000);

test("twenty thousand customers come in one transaction, and again as changes", async () => {
  const lines = (extra: number) =>
    Array.from({ length: 20_000 }, (_, n) => `${n + 1},${n + extra}.50,cover ${n % 7},`);
  expect(await load(lines(0))).toMatchObject({ added: 20_000, changed: 0 });
  expect(await load(lines(0))).toMatchObject({ unchanged: 20_000, importId: null });
  expect(await load(lines(1))).toMatchObject({ changed: 20_000 });
  expect(harness.published.map(({ keyUserIds }) => keyUserIds)).toEqual([null, null]);
  const { rows } = await harness.pool.query(
    "SELECT count(*)::int AS users, sum(raw_premium)::text AS sum, max(version) AS version FROM key_user",
  );
  expect(rows).toEqual([{ users: 20_000, sum: "200020000.00", version: 2 }]);
}, 60_000);
