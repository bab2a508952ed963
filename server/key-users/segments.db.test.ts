import { describe, expect, test } from "vitest";
import { insertCase, somebody } from "#testing/factories/case-factory.ts";
import { casesForEachTest } from "#testing/harness/cases.ts";
import { keyUsersQuery, newKeyUser } from "../contracts/api/key-users.ts";
import { listChoices } from "../contracts/api/list-file.ts";
import { addKeyUser } from "./add-key-user.ts";
import { editKeyUser } from "./edit-key-user.ts";
import { importKeyUsers } from "./import-key-users.ts";
import { importedRows } from "./import-log.ts";
import { keyUsersCsv } from "./key-users-csv.ts";
import { keyUser, keyUserEditors, keyUserHistory, keyUsers, keyUsersById } from "./list-key-users.ts";
import { readList } from "./read-list.ts";
import { revertChange } from "./revert-change.ts";
import { segmentsOf } from "./segments.ts";
import { undoImport } from "./undo-import.ts";

const ada = somebody("ada", "administrator");
const bo = somebody("bo", "administrator");
const harness = casesForEachTest(ada, bo);

const add = (userId: string, segment: string | null, actor = ada) =>
  addKeyUser({ ctx: harness, actor }, newKeyUser.parse({ userId, rawPremium: "1000", segment }));
const row = (userId: string, actor = ada) => ({ ctx: harness, actor, userId });
const segmentOf = async (userId: string) => (await keyUser(harness, userId)).segment;

async function load(text: string, choices: object = {}, dryRun = false) {
  const given = listChoices.parse(choices);
  const { rows, reading, blank, how } = await readList(
    { bytes: Buffer.from(text), format: "csv" },
    given,
    "Asia/Shanghai",
  );
  const file = { fileName: null, how };
  return importKeyUsers(harness, ada, rows, { dryRun, skipRejected: true, reading, blank, file });
}

async function exported(scope: readonly string[] | null): Promise<string> {
  const pieces: string[] = [];
  for await (const piece of keyUsersCsv(harness, { status: "all" }, { scope })) pieces.push(piece);
  return pieces.join("");
}

describe("a customer's segment", () => {
  test("is given, changed, taken away and brought back, each a version of its own in the history", async () => {
    const { version } = await add("7", "east");
    const edited = await editKeyUser(row("7"), version, { segment: "west" });
    expect(edited).toMatchObject({ segment: "west", version: 2, rawPremium: "1000.00" });
    expect(await editKeyUser(row("7"), 2, { segment: null })).toMatchObject({ segment: null, version: 3 });
    const { items } = await keyUserHistory(harness, "7", null);
    expect(items.map(({ segmentBefore, segmentAfter }) => [segmentBefore, segmentAfter])).toEqual([
      ["west", null],
      ["east", "west"],
      [null, "east"],
    ]);
    const back = await revertChange(row("7"), 3, { changeId: items[1]?.id ?? "" });
    expect(back).toMatchObject({ segment: "east", version: 4 });
  });

  test("that does not move leaves none in the history, and a text or amount leaves it alone", async () => {
    const { version } = await add("7", "east");
    await editKeyUser(row("7"), version, { rawInfo: "term", rawPremium: "900" });
    const { items } = await keyUserHistory(harness, "7", null);
    expect(items[0]).toMatchObject({ segmentBefore: null, segmentAfter: null });
    expect(await segmentOf("7")).toBe("east");
  });

  test("that two people change at once is a conflict of that field alone (rule W5)", async () => {
    const { version } = await add("7", "east");
    await editKeyUser(row("7", bo), version, { segment: "west" });
    await expect(editKeyUser(row("7"), version, { segment: "north" })).rejects.toMatchObject({
      status: 409,
      fields: { moves: [{ field: "segment", by: "Bo" }] },
    });
    expect(await editKeyUser(row("7"), version, { rawInfo: "term" })).toMatchObject({ segment: "west" });
    expect(await editKeyUser(row("7"), version, { segment: "west" })).toMatchObject({ version: 3 });
  });

  test("tells the screens of those with a data scope when it moves, and only then", async () => {
    const { version } = await add("7", "east");
    harness.published.length = 0;
    await editKeyUser(row("7"), version, { rawInfo: "term" });
    await editKeyUser(row("7"), version + 1, { segment: "west" });
    await load("id,raw_premium,raw_info,segment\n7,1000,term,north\n");
    await load("id,raw_premium,raw_info,segment\n7,900,term,north\n");
    expect(harness.published.map(({ movesScopes }) => movesScopes)).toEqual([false, true, true, false]);
  });
});

describe("an import", () => {
  test("with a column of segments writes them; without one leaves them", async () => {
    await add("1", "east");
    await load("id,raw_premium,raw_info,segment\n1,1000,,west\n2,5,,north\n3,5,,\n");
    expect([await segmentOf("1"), await segmentOf("2"), await segmentOf("3")]).toEqual([
      "west",
      "north",
      null,
    ]);
    await load("id,raw_premium,raw_info\n1,900,a\n2,5,b\n");
    expect([await segmentOf("1"), await segmentOf("2")]).toEqual(["west", "north"]);
  });

  test("knows the column by its names in Chinese, and what a blank cell does is chosen", async () => {
    await add("1", "east");
    const list = (name: string, cell: string) => `客户号,保额,保障,${name}\n1,1000,,${cell}\n`;
    const spreadsheet = { dialect: "spreadsheet" };
    await load(list("分组", "高净值"), spreadsheet);
    expect(await segmentOf("1")).toBe("高净值");
    await load(list("客群", "west"), spreadsheet);
    expect(await segmentOf("1")).toBe("west");
    const keeps = await load(list("分组", ""), { ...spreadsheet, blank: "keep" });
    expect([keeps.unchanged, keeps.blanks.segment, await segmentOf("1")]).toEqual([1, 1, "west"]);
    await load(list("分组", ""), { ...spreadsheet, blank: "erase" });
    expect(await segmentOf("1")).toBeNull();
  });

  test("refuses a segment that is too long or no line of text", async () => {
    const { rejected } = await load(
      `id,raw_premium,raw_info,segment\n1,5,,${"x".repeat(65)}\n2,5,,"a\nb"\n3,5,,${"x".repeat(64)}\n`,
    );
    expect(rejected.map(({ field, code }) => [field, code])).toEqual([
      ["segment", "too_long"],
      ["segment", "bad_type"],
    ]);
    expect(await segmentOf("3")).toHaveLength(64);
  });

  test("of an untouched export changes nothing; what was changed since stays (rule W5)", async () => {
    await add("1", "=east");
    await add("2", null);
    await add("3", "west");
    const file = await exported(null);
    for (const choices of [{}, { dialect: "spreadsheet" }]) {
      expect(await load(file, choices)).toMatchObject({ unchanged: 3, changed: 0, added: 0, conflicts: [] });
    }
    await editKeyUser(row("3", bo), 1, { segment: "north" });
    const moved = await load(file.replaceAll(",west", ",south"));
    expect(moved).toMatchObject({
      conflicting: 1,
      unchanged: 2,
      conflicts: [{ userId: "3", fields: ["segment"], updatedBy: "Bo" }],
    });
    expect(await segmentOf("3")).toBe("north");
  });

  test("is taken back with the segments that stood before", async () => {
    await add("1", "east");
    const { importId } = await load("id,raw_premium,raw_info,segment\n1,1000,,west\n2,5,,north\n");
    const rows = await importedRows(harness, importId ?? "", { limit: 10 }, null);
    expect(rows.items).toMatchObject([
      { userId: "1", segmentBefore: "east", segmentAfter: "west" },
      { userId: "2", segmentBefore: null, segmentAfter: "north" },
    ]);
    harness.published.length = 0;
    await undoImport({ ctx: harness, actor: ada }, importId ?? "", { dryRun: false });
    expect(await segmentOf("1")).toBe("east");
    expect(harness.published).toMatchObject([{ movesScopes: true }]);
    expect((await keyUserHistory(harness, "1", null)).items[0]).toMatchObject({
      source: "undo",
      segmentBefore: "west",
      segmentAfter: "east",
    });
  });
});

describe("somebody with a data scope", () => {
  const scope = ["east"];

  test("sees its rows in the list, by id and one by one, with their number, and no others", async () => {
    await add("1", "east");
    await add("2", "west", bo);
    await add("3", null, bo);
    const ask = (query: object) => keyUsers(harness, keyUsersQuery.parse(query), scope);
    for (const query of [{}, { status: "all" }, { sort: "rawPremium" }, { search: "" }]) {
      const { items, total } = await ask(query);
      expect([items.map(({ userId }) => userId), total]).toEqual([["1"], 1]);
    }
    for (const query of [{ search: "2" }, { segment: "west" }, { editor: "bo" }]) {
      expect(await ask(query)).toMatchObject({ items: [], total: 0 });
    }
    expect(await keyUsersById(harness, ["1", "2", "3"], scope)).toMatchObject([{ userId: "1" }]);
    expect(await keyUser(harness, "1", scope)).toMatchObject({ segment: "east" });
    for (const userId of ["2", "3", "4"]) {
      const refused = { status: 404, message: "This user has never been on the key-user list." };
      await expect(keyUser(harness, userId, scope)).rejects.toMatchObject(refused);
      await expect(keyUserHistory(harness, userId, scope)).rejects.toMatchObject(refused);
    }
    expect(await keyUserEditors(harness, scope)).toEqual({ items: [{ id: "ada", name: "Ada" }] });
  });

  test("exports them alone, and sees them alone in what an import did", async () => {
    const { importId } = await load("id,raw_premium,raw_info,segment\n1,5,,east\n2,5,,west\n3,5,,\n");
    await insertCase(harness.pool, { userId: "2" });
    const lines = (await exported(scope)).trim().split("\n");
    expect(lines.slice(1).map((line) => line.split(",", 1)[0])).toEqual(["1"]);
    const rows = await importedRows(harness, importId ?? "", { limit: 10 }, scope);
    expect(rows.items.map(({ userId }) => userId)).toEqual(["1"]);
  });
});

test("segments are told by customer", async () => {
  await add("1", "west");
  await add("2", "east");
  await add("3", null);
  expect(await segmentsOf(harness.pool, ["1", "3", "9"])).toEqual(new Map([["1", "west"]]));
});
