import { beforeEach, expect, test } from "vitest";
import { insertCase, somebody } from "#testing/factories/case-factory.ts";
import { at } from "#testing/factories/events.ts";
import { casesForEachTest } from "#testing/harness/cases.ts";
import { keyUsersQuery } from "../contracts/api/key-users.ts";
import { KEY_USER_SORTS } from "../contracts/list-form.ts";
import { allKeyUsers, keyUserEditors, keyUsers } from "./list-key-users.ts";

const ada = somebody("ada", "administrator");
const bo = somebody("bo", "administrator");
const harness = casesForEachTest(ada, bo);

/** 103 rows with ties in every column, written by the stream and two people. */
beforeEach(async () => {
  await harness.pool.query(
    `INSERT INTO key_user (user_id, raw_premium, raw_info, baseline_as_of, updated_at, updated_by)
     SELECT n - 50, n % 3, CASE WHEN n % 4 > 0 THEN repeat('保"', n % 4 * 100) || n % 5 END, CASE WHEN n % 3 > 0 THEN $1::bigint + n % 7 END,
       timestamptz '2026-11-22T10:00Z' + (n % 2) * interval '1 ms', (ARRAY['stream', 'ada', 'bo'])[1 + n % 3]
     FROM generate_series(1, 103) AS n`,
    [at("11-22 10:00")],
  );
  for (const userId of ["-40", "7", "8"]) await insertCase(harness.pool, { userId });
});

const ask = (asked: object) => keyUsers(harness, keyUsersQuery.parse(asked), null);

async function all(asked: object) {
  const items = [];
  let cursor: string | null = null;
  do {
    const page = await ask({ limit: 10, ...asked, ...(cursor === null ? {} : { cursor }) });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}

test.each(
  KEY_USER_SORTS.flatMap((sort) => (["asc", "desc"] as const).map((direction) => [sort, direction] as const)),
)(
  "by %s, %s: in pages each row once, and the other way round exactly the reverse",
  async (sort, direction) => {
    const items = await all({ sort, direction });
    const ids = items.map(({ userId }) => userId);
    expect(new Set(ids).size).toBe(103);
    const other = await all({ sort, direction: direction === "asc" ? "desc" : "asc", limit: 500 });
    expect(other.map(({ userId }) => userId).reverse()).toEqual(ids);
  },
);

test("orders mean what they say: amounts as numbers, no cover and no time first, names of people", async () => {
  const amounts = (await all({ sort: "rawPremium", direction: "asc" })).map(({ rawPremium }) =>
    Number(rawPremium),
  );
  expect(amounts).toEqual(amounts.toSorted((a, b) => a - b));
  expect((await all({ sort: "rawInfo", direction: "asc" }))[0]?.rawInfo).toBeNull();
  expect((await all({ sort: "baselineAsOf", direction: "asc" }))[0]?.baselineAsOf).toBeNull();
  const names = (await all({ sort: "updatedBy", direction: "asc" })).map(({ updatedBy }) => updatedBy);
  expect([...new Set(names)]).toEqual(["Ada", "Bo", "stream"]);
});

test("by state: to follow up, then nothing to tell, then removed, whatever case a removed one has", async () => {
  await harness.pool.query("UPDATE key_user SET removed_at = now() WHERE user_id IN (8, 9)");
  const ids = (await all({ status: "all", sort: "state", direction: "desc" })).map(({ userId }) => userId);
  expect([ids.slice(0, 2), ids.slice(-2)]).toEqual([
    ["7", "-40"],
    ["9", "8"],
  ]);
});

test("a row that changes between two pages moves alone: every other one still comes exactly once", async () => {
  const first = await ask({ sort: "rawPremium", direction: "asc", limit: 50 });
  const seen = new Set(first.items.map(({ userId }) => userId));
  const { rows } = await harness.pool.query<{ user_id: string }>(
    "UPDATE key_user SET raw_premium = -1 WHERE user_id = (SELECT max(user_id) FROM key_user) RETURNING user_id",
  );
  const moved = String(rows[0]?.user_id);
  const rest = await ask({
    sort: "rawPremium",
    direction: "asc",
    limit: 100,
    cursor: first.nextCursor ?? "",
  });
  const ids = [...seen, ...rest.items.map(({ userId }) => userId)];
  expect(ids).toHaveLength(102);
  expect(ids).not.toContain(moved);
});

test.each([
  ["an amount from", { amountFrom: "2" }, (row: Row) => Number(row.rawPremium) >= 2],
  ["an amount to", { amountTo: "0.99" }, (row: Row) => Number(row.rawPremium) <= 0.99],
  ["both", { amountFrom: "1", amountTo: "1.00" }, (row: Row) => Number(row.rawPremium) === 1],
  ["an open case", { openCase: "yes" }, (row: Row) => row.openCaseId !== null],
  ["none", { openCase: "no" }, (row: Row) => row.openCaseId === null],
  ["the stream", { editor: "stream" }, (row: Row) => row.updatedBy === "stream"],
  ["a person", { editor: "ada" }, (row: Row) => row.updatedBy === "Ada"],
  ["a time", { changedSince: "2026-11-22T10:00:00.001Z" }, (row: Row) => row.updatedAt.endsWith("001Z")],
  ["a business date", { changedSince: "2026-11-22" }, () => true],
  ["a date to come", { changedSince: "2026-11-23" }, () => false],
])(
  "a filter by %s lets through what it names, counts it, and an export takes the same",
  async (_, asked, belongs) => {
    const everything = await all({ limit: 500 });
    const expected = everything.filter(belongs).map(({ userId }) => userId);
    const found = await ask({ limit: 500, ...asked });
    expect(found.items.map(({ userId }) => userId)).toEqual(expected);
    expect(found.total).toBe(expected.length);
    const exported: string[] = [];
    const everybody = { scope: null, lookUps: null, isClear: false };
    for await (const slice of allKeyUsers(harness, keyUsersQuery.parse(asked), everybody)) {
      exported.push(...slice.map(({ userId }) => userId));
    }
    expect(exported).toEqual(expected);
  },
);
type Row = Awaited<ReturnType<typeof all>>[number];

test("what cannot be a filter is told with its field", async () => {
  await expect(ask({ amountFrom: "2", amountTo: "1" })).rejects.toMatchObject({
    status: 400,
    fields: { field: "amountFrom" },
  });
  await expect(ask({ amountFrom: "ten" })).rejects.toMatchObject({
    status: 400,
    fields: { field: "amountFrom" },
  });
  expect(keyUsersQuery.safeParse({ changedSince: "yesterday" }).success).toBe(false);
});

test("who wrote rows of the list can be chosen from, by name", async () => {
  expect(await keyUserEditors(harness, null)).toEqual({
    items: [
      { id: "ada", name: "Ada" },
      { id: "bo", name: "Bo" },
      { id: "stream", name: "stream" },
    ],
  });
});
