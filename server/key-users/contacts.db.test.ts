import { describe, expect, test } from "vitest";
import { insertCase, somebody } from "#testing/factories/case-factory.ts";
import { writtenActs } from "#testing/harness/audit-log.ts";
import { casesForEachTest } from "#testing/harness/cases.ts";
import { previewRowsQuery } from "../contracts/api/import-preview.ts";
import { keyUserPatch, keyUsersQuery, newKeyUser } from "../contracts/api/key-users.ts";
import { type ListChoices, listChoices } from "../contracts/api/list-file.ts";
import { addKeyUser } from "./add-key-user.ts";
import { CONTACT_SEARCHES_PER_HOUR, contactSearch } from "./contact-search.ts";
import { editKeyUser } from "./edit-key-user.ts";
import { importKeyUsers } from "./import-key-users.ts";
import { importedRows } from "./import-log.ts";
import { previewRows, refusedRows } from "./import-preview.ts";
import { keyUsersCsv } from "./key-users-csv.ts";
import { keyUser, keyUserHistory, keyUsers } from "./list-key-users.ts";
import { readList } from "./read-list.ts";
import { removeKeyUser } from "./remove-key-user.ts";
import { restoreKeyUser } from "./restore-key-user.ts";
import { revertChange } from "./revert-change.ts";
import { undoImport } from "./undo-import.ts";

const ada = somebody("ada", "administrator");
const bo = somebody("bo", "administrator");
const harness = casesForEachTest(ada, bo);
const machine = { kind: "machine", id: "m", name: "M", scopes: ["read"] } as const;

const NAME = "金丝雀甲";
const OTHER = "金丝雀乙";
const TELEPHONE = "13955512345";
const ABROAD = "+49 30 1234567";
const IN_CLEAR = /金丝|丝雀|13955512345|139 ?5551|30 1234567|491234567/;
/** What a person would recognise of them. */
const MASKS = { customerName: "金*", customerTel: "139 **** 2345" };

const row = (userId = "7", actor = ada) => ({ ctx: harness, actor, userId });
const add = (userId: string, more: object = {}) =>
  addKeyUser({ ctx: harness, actor: ada }, newKeyUser.parse({ userId, rawPremium: "1000", ...more }));
const known = (userId = "7", more: object = {}) =>
  add(userId, { customerName: NAME, customerTel: TELEPHONE, ...more });
const historyOf = async (userId = "7") => (await keyUserHistory(harness, userId, null)).items;

async function listed(text: string, choices: object = {}) {
  const given: ListChoices = listChoices.parse(choices);
  return readList({ bytes: Buffer.from(text), format: "csv" }, given, "Asia/Shanghai");
}

async function load(text: string, choices: object = {}, dryRun = false) {
  const { rows, reading, blank, how } = await listed(text, choices);
  const file = { fileName: null, how };
  return importKeyUsers(harness, ada, rows, { dryRun, skipRejected: true, reading, blank, file });
}

async function exported(isClear: boolean): Promise<string> {
  const pieces: string[] = [];
  const exporter = { scope: null, isClear };
  for await (const piece of keyUsersCsv(harness, { status: "all" }, exporter)) pieces.push(piece);
  return pieces.join("");
}

/** Name and telephone as an export in clear has them. */
async function clearOf(userId: string): Promise<string[]> {
  const lines = (await exported(true)).split("\n").map((line) => line.trim().split(","));
  return lines.find(([id]) => id === userId)?.slice(-2) ?? [];
}

/** All that the database holds as text or bytes, of every table. */
async function everythingStored(): Promise<string> {
  const { rows } = await harness.pool.query<{ name: string }>(
    "SELECT c.oid::regclass::text AS name FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace",
  );
  const tables = await Promise.all(
    rows.map(({ name }) => harness.pool.query(`SELECT to_jsonb(t)::text AS row FROM ${name} t`)),
  );
  const asText = tables.flatMap((table) => table.rows.map((each: { row: string }) => each.row));
  // Bytes are hexadecimal in JSON: read as the text that they would be.
  const asBytes = asText.flatMap((text) =>
    [...text.matchAll(/\\\\x([0-9a-f]+)/g)].map(([, hex]) => Buffer.from(hex ?? "", "hex").toString()),
  );
  expect(asBytes.length).toBeGreaterThan(0);
  return [...asText, ...asBytes].join("\n");
}

describe("name and telephone of a customer", () => {
  test("are given, changed and taken away; each is a version, and answers and history hold masks alone", async () => {
    expect(await known()).toMatchObject({ ...MASKS, version: 1 });
    const patch = keyUserPatch.parse({ customerName: ` ${OTHER} ` });
    expect(await editKeyUser(row(), 1, patch)).toMatchObject({ ...MASKS, version: 2, rawPremium: "1000.00" });
    expect(await editKeyUser(row(), 2, { customerTel: null })).toMatchObject({
      customerTel: null,
      version: 3,
    });
    const items = await historyOf();
    expect(items.map((each) => [each.customerNameBefore, each.customerNameAfter])).toEqual([
      [null, null],
      ["金*", "金*"],
      [null, "金*"],
    ]);
    expect(items.map((each) => [each.customerTelBefore, each.customerTelAfter])).toEqual([
      ["139 **** 2345", null],
      [null, null],
      [null, "139 **** 2345"],
    ]);
    expect(
      JSON.stringify([items, await writtenActs(harness.pool), harness.published.map(String)]),
    ).not.toMatch(IN_CLEAR);
    expect(await clearOf("7")).toEqual([OTHER, ""]);
  });

  test("lie in no table in clear, whatever was done with them", async () => {
    await known();
    await editKeyUser(row(), 1, { customerName: OTHER, customerTel: ABROAD, reason: "asked" });
    const { importId } = await load(
      `id,raw_premium,raw_info,customer_name,customer_tel\n7,5,,${NAME},${TELEPHONE}\n`,
    );
    await undoImport({ ctx: harness, actor: ada }, String(importId), { dryRun: false });
    expect(await everythingStored()).not.toMatch(IN_CLEAR);
  });

  test("that stand already, or are not told, move nothing", async () => {
    await known();
    await editKeyUser(row(), 1, { rawInfo: "term", customerName: NAME });
    const [change] = await historyOf();
    expect(change).toMatchObject({ infoAfter: "term", customerNameBefore: null, customerNameAfter: null });
    expect(await clearOf("7")).toEqual([NAME, TELEPHONE]);
  });

  test("survive leaving the list and coming back", async () => {
    await known();
    await removeKeyUser(row(), 1);
    expect(await restoreKeyUser(row(), 2)).toMatchObject(MASKS);
  });

  test("that two people change at once are a conflict of that field alone, told in masks (rule W5)", async () => {
    await known();
    await editKeyUser(row("7", bo), 1, { customerName: OTHER });
    const refused = editKeyUser(row(), 1, { customerName: "王小明" });
    await expect(refused).rejects.toMatchObject({
      status: 409,
      fields: { moves: [{ field: "customerName", by: "Bo" }], current: MASKS },
    });
    expect(JSON.stringify(await refused.catch((error: object) => error))).not.toMatch(IN_CLEAR);
    expect(await editKeyUser(row(), 1, { customerTel: ABROAD })).toMatchObject({
      customerTel: "+49 **** 4567",
    });
    expect(await editKeyUser(row(), 1, { customerName: OTHER })).toMatchObject({ version: 3 });
  });

  test("go back by a revert, each alone", async () => {
    await known();
    await editKeyUser(row(), 1, { customerName: OTHER, customerTel: ABROAD });
    await editKeyUser(row(), 2, { customerTel: TELEPHONE });
    const [, both] = await historyOf();
    await revertChange(row(), 3, { changeId: both?.id ?? "" });
    expect(await clearOf("7")).toEqual([NAME, TELEPHONE]);
    const [reverted] = await historyOf();
    expect(reverted).toMatchObject({ source: "revert", customerTelBefore: null, customerTelAfter: null });
  });

  test("are told to the screens of their cases when they change, and else not", async () => {
    await known();
    const caseId = await insertCase(harness.pool, { userId: "7" });
    harness.published.length = 0;
    await editKeyUser(row(), 1, { customerName: OTHER });
    await editKeyUser(row(), 2, { rawInfo: "term" });
    await load("id,raw_premium,raw_info,customer_tel\n7,1000,term,010-88880000\n");
    await load("id,raw_premium,raw_info\n7,1000,life\n");
    expect(harness.published.map(({ caseIds }) => caseIds)).toEqual([
      [BigInt(caseId)],
      [],
      [BigInt(caseId)],
      [],
    ]);
  });

  test.each([
    [{ customerName: "王*" }, /masked/],
    [{ customerTel: "139 **** 2345" }, /masked/],
    [{ customerTel: "call me" }, /telephone/],
    [{ customerName: "13812345678" }, /letter/],
    [{ customerName: "a\nb" }, /one line/],
    [{ customerName: "a".repeat(101) }, /100/],
  ])("%j is no value of theirs", (given, why) => {
    const { error } = keyUserPatch.safeParse(given);
    expect(String(error)).toMatch(why);
    expect(newKeyUser.safeParse({ userId: "1", rawPremium: "1", ...given }).success).toBe(false);
  });
});

describe("a search", () => {
  const found = async (search: string, scope: readonly string[] | null = null) => {
    const lookUps = await contactSearch(harness, ada, search);
    const { items, total } = await keyUsers(harness, keyUsersQuery.parse({ search }), scope, lookUps);
    expect(items).toHaveLength(total);
    return items.map(({ userId }) => userId);
  };

  test("finds by customer, cover, whole name, surname and telephone, however written", async () => {
    await known("71", { segment: "east", rawInfo: "term" });
    await add("72", { customerName: "金小明", segment: "west" });
    await add("73", { customerName: "Anna Smith", customerTel: "0049 30 1234567" });
    expect(await found("7")).toEqual(["71", "72", "73"]);
    expect(await found("term")).toEqual(["71"]);
    expect(await found(NAME)).toEqual(["71"]);
    expect(await found("金 丝雀甲")).toEqual(["71"]);
    expect(await found("金丝雀")).toEqual([]);
    expect(await found("金")).toEqual(["71", "72"]);
    expect(await found("SMITH")).toEqual(["73"]);
    expect(await found("anna smith")).toEqual(["73"]);
    expect(await found("+86 139-5551-2345")).toEqual(["71"]);
    expect(await found("13955512346")).toEqual([]);
    expect(await found(ABROAD)).toEqual(["73"]);
    expect(await found("金", ["west"])).toEqual(["72"]);
  });

  test("uses an index of each look-up", async () => {
    const { rows } = await harness.pool.query<{ indexdef: string }>(
      "SELECT indexdef FROM pg_indexes WHERE tablename = 'key_user' AND indexdef LIKE '%customer_%'",
    );
    expect(rows).toHaveLength(3);
  });

  test("of a machine looks among no names and telephones", async () => {
    await known();
    expect(await contactSearch(harness, machine, TELEPHONE)).toBeNull();
    const { items } = await keyUsers(harness, keyUsersQuery.parse({ search: TELEPHONE }), null, null);
    expect(items).toEqual([]);
  });

  test("is bounded by an hour, so that nobody tries telephones through; the same once more is none more", async () => {
    const guesser = somebody("guesser");
    const guess = (n: number) => contactSearch(harness, guesser, `139555${String(n).padStart(5, "0")}`);
    for (let n = 0; n < CONTACT_SEARCHES_PER_HOUR; n++) await guess(n);
    await guess(0);
    await expect(guess(99_999)).rejects.toMatchObject({ status: 429 });
    await expect(guess(99_998)).rejects.toMatchObject({ status: 429 });
    expect(await contactSearch(harness, guesser, "401")).toBeNull();
    const acts = await writtenActs(harness.pool);
    expect(acts).toMatchObject([{ actor: "guesser", action: "personal.search-refused" }]);
    harness.setNow(harness.now() + 3_600_000);
    await guess(99_999);
  });
});

describe("an export", () => {
  test("leaves names and telephones out, and imported again changes nothing", async () => {
    await known();
    const file = await exported(false);
    expect(file).not.toMatch(/customer_|金|139/);
    expect(await load(file)).toMatchObject({ unchanged: 1, changed: 0, rejected: [] });
    expect(await clearOf("7")).toEqual([NAME, TELEPHONE]);
  });

  test("with the right to it has them in clear, guarded against formulas, and changes nothing either", async () => {
    await known("7", { customerName: "=王+小明", customerTel: "+86 139 5551 2345" });
    const file = await exported(true);
    expect(file).toContain("'=王+小明,'+86 139 5551 2345");
    for (const choices of [{}, { dialect: "spreadsheet" }]) {
      expect(await load(file, choices)).toMatchObject({ unchanged: 1, changed: 0, rejected: [] });
    }
  });
});

describe("an import", () => {
  const HEADER = "id,raw_premium,raw_info,customer_name,customer_tel";

  test("writes what the columns hold; without them, and by the choice for blank cells, it leaves what stands", async () => {
    await known();
    await load("id,raw_premium,raw_info\n7,900,\n");
    expect(await clearOf("7")).toEqual([NAME, TELEPHONE]);
    await load(`${HEADER}\n7,900,,,\n`, { blank: "keep" });
    expect(await clearOf("7")).toEqual([NAME, TELEPHONE]);
    expect((await load(`${HEADER}\n7,900,,,\n`, { blank: "keep" }, true)).blanks).toMatchObject({
      customerName: 1,
      customerTel: 1,
    });
    await load(`${HEADER}\n7,900,,${OTHER},\n8,5,,王小明,13812345678\n`, { blank: "erase" });
    expect(await clearOf("7")).toEqual([OTHER, ""]);
    expect(await clearOf("8")).toEqual(["王小明", "13812345678"]);
  });

  test("knows the names that spreadsheets give to the columns", async () => {
    const file =
      '客户号;原保额;保障;客户姓名;手机号\n7;100;;王小明;="13812345678"\n8;100;;李;１３８ 1234 5679\n';
    expect(await load(file, { dialect: "spreadsheet" })).toMatchObject({ added: 2, rejected: [] });
    expect(await clearOf("7")).toEqual(["王小明", "13812345678"]);
    expect(await clearOf("8")).toEqual(["李", "138 1234 5679"]);
  });

  test("refuses masks, what is no name or telephone, and what a spreadsheet cut; never with the value", async () => {
    await known();
    const lines = ["王*,", ",139 **** 2345", "138,", ",none", ",1.39556E+10"];
    const file = `${HEADER}\n${lines.map((cells, index) => `${index + 7},1,,${cells}`).join("\n")}\n`;
    const { rejected } = await load(file, { dialect: "spreadsheet" });
    expect(rejected.map(({ code, field }) => `${field} ${code}`)).toEqual([
      "customer_name masked",
      "customer_tel masked",
      "customer_name bad_name",
      "customer_tel bad_telephone",
      "customer_tel cut_telephone",
    ]);
    expect(JSON.stringify(rejected)).not.toMatch(/王|139|none|1\.39/);
    expect(await clearOf("7")).toEqual([NAME, TELEPHONE]);
  });

  test("is previewed in masks, says which values move, and does what its preview said", async () => {
    await known();
    const text = `${HEADER}\n7,1000,,${OTHER},${TELEPHONE}\n8,5,,王小明,\n`;
    const { rows, blank } = await listed(text);
    const page = await previewRows(harness, rows, { blank, ...previewRowsQuery.parse({ group: "changed" }) });
    expect(page.items).toMatchObject([
      { userId: "7", customerNameBefore: "金*", customerNameAfter: "金*", contactMoves: ["customer_name"] },
    ]);
    const dry = await load(text, {}, true);
    expect(JSON.stringify([page, dry])).not.toMatch(IN_CLEAR);
    const { rows: again } = await listed(text);
    const options = { dryRun: false, skipRejected: false, preview: dry.preview };
    const done = await importKeyUsers(harness, ada, again, options);
    expect(done).toMatchObject({ changed: 1, added: 1 });
    const log = await importedRows(harness, String(done.importId), { limit: 50 }, null);
    expect(log.items).toMatchObject([
      { customerNameBefore: "金*", customerTelBefore: "139 **** 2345" },
      { customerNameAfter: "王*" },
    ]);
    expect(JSON.stringify(log)).not.toMatch(IN_CLEAR);
  });

  test("that is another file than its preview is refused: a name is part of what was seen", async () => {
    await known();
    const { preview } = await load(`${HEADER}\n7,1000,,${OTHER},${TELEPHONE}\n`, {}, true);
    const { rows } = await listed(`${HEADER}\n7,1000,,金丝雀丙,${TELEPHONE}\n`);
    const other = importKeyUsers(harness, ada, rows, { dryRun: false, skipRejected: false, preview });
    await expect(other).rejects.toMatchObject({ code: "preview_outdated" });
  });

  test("leaves what was changed since its export, field by field (rule W5)", async () => {
    await known();
    await editKeyUser(row("7", bo), 1, { customerTel: ABROAD });
    const result = await load(`${HEADER},version\n7,1000,,${OTHER},010-88880000,1\n`);
    expect(result).toMatchObject({ changed: 1, conflicts: [{ userId: "7", fields: ["customer_tel"] }] });
    expect(await clearOf("7")).toEqual([OTHER, `'${ABROAD}`]);
  });

  test("is undone: what stood before stands again, and is found again", async () => {
    await known();
    await add("8");
    const { importId } = await load(
      `${HEADER}\n7,1000,,${OTHER},010-88880000\n8,1000,,王小明,\n9,1,,李四,13812345678\n`,
    );
    await editKeyUser(row("8"), 2, { rawInfo: "touched" });
    const undone = await undoImport({ ctx: harness, actor: ada }, String(importId), { dryRun: false });
    expect(undone).toMatchObject({ back: 1, removed: 1, left: 1 });
    expect(await clearOf("7")).toEqual([NAME, TELEPHONE]);
    expect(await keyUser(harness, "8")).toMatchObject({ customerName: "王*" });
    const lookUps = await contactSearch(harness, ada, NAME);
    const { items } = await keyUsers(harness, keyUsersQuery.parse({ search: NAME }), null, lookUps);
    expect(items.map(({ userId }) => userId)).toEqual(["7"]);
    const [change] = await historyOf();
    expect(change).toMatchObject({ source: "undo", customerNameBefore: "金*", customerNameAfter: "金*" });
    expect(await importedRows(harness, String(undone.importId), { limit: 50 }, null)).toMatchObject({
      items: [{ action: "back" }, { action: "leave", customerNameBefore: "王*" }, { action: "remove" }],
    });
  });

  test("hands out refused rows without names and telephones, but to who may export them", async () => {
    const bytes = Buffer.from(`${HEADER}\n7,free,x,${NAME},${TELEPHONE}\n`);
    const refused = (isClear: boolean) =>
      refusedRows(harness, { bytes, format: "csv" }, listChoices.parse({}), {
        zone: "Asia/Shanghai",
        isClear,
      });
    expect(await refused(false)).toMatchObject({
      isContactLeftOut: true,
      header: ["id", "raw_premium", "raw_info"],
      items: [{ line: 2, cells: ["7", "free", "x"] }],
    });
    expect(await refused(true)).toMatchObject({
      isContactLeftOut: false,
      items: [{ cells: ["7", "free", "x", NAME, TELEPHONE] }],
    });
  });
});
