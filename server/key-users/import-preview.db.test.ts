import { beforeEach, describe, expect, test } from "vitest";
import { insertCase, somebody } from "#testing/factories/case-factory.ts";
import { gb18030 } from "#testing/factories/encodings.ts";
import { at } from "#testing/factories/events.ts";
import { casesForEachTest } from "#testing/harness/cases.ts";
import { previewRowsQuery } from "../contracts/api/import-preview.ts";
import { listChoices } from "../contracts/api/list-file.ts";
import { editKeyUser } from "./edit-key-user.ts";
import { importKeyUsers } from "./import-key-users.ts";
import { previewRows, refusedRows } from "./import-preview.ts";
import { readList } from "./read-list.ts";

const ada = somebody("ada", "administrator");
const harness = casesForEachTest(ada);

const ZONE = "Asia/Shanghai";
const choices = listChoices.parse({ dialect: "spreadsheet" });

async function load(bytes: Buffer, dryRun: boolean) {
  const { rows, reading, blank } = await readList({ bytes, format: "csv" }, choices, ZONE);
  return importKeyUsers(harness, ada, rows, { dryRun, skipRejected: true, reading, blank });
}

async function page(bytes: Buffer, asked: object) {
  const { rows, blank } = await readList({ bytes, format: "csv" }, choices, ZONE);
  return previewRows(harness, rows, { blank, ...previewRowsQuery.parse(asked) });
}

const refused = (bytes: Buffer) =>
  refusedRows(harness, { bytes, format: "csv" }, choices, { zone: ZONE, isClear: false });

const LISTED = ["id,raw_premium,raw_info", "7,100,whole life", "8,50,term", "9,70,annuity", ""].join("\n");
const FILE = [
  "id,raw_premium,raw_info,version",
  "7,120,whole life,",
  "8,50,term,",
  "9,70,gold,1",
  "10,5,new,",
  "11,x,new,",
  "7,120,whole life,",
  "12,,new,",
].join("\n");

beforeEach(async () => {
  await load(Buffer.from(LISTED), false);
  await insertCase(harness.pool, { userId: "7" });
  await editKeyUser({ ctx: harness, actor: ada, userId: "9" }, 1, { rawInfo: "silver" });
});

describe("the rows of a preview", () => {
  test("fall into groups that add up to the file", async () => {
    const told = await load(Buffer.from(FILE), true);
    const { lines, added, changed, unchanged, rejected, conflicting } = told;
    expect({ lines, added, changed, unchanged, refused: rejected.length, conflicting }).toEqual({
      lines: 7,
      added: 1,
      changed: 1,
      unchanged: 1,
      refused: 3,
      conflicting: 1,
    });
    for (const [group, count] of Object.entries({ added, changed, unchanged, conflicting })) {
      expect((await page(Buffer.from(FILE), { group })).items).toHaveLength(count);
    }
  });

  test("say before and after, what is in conflict with whom, and whose case is open", async () => {
    const bytes = Buffer.from(FILE);
    const caseId = String((await harness.db.retentionCase.findFirstOrThrow()).id);
    expect((await page(bytes, { group: "changed" })).items).toMatchObject([
      {
        line: 2,
        userId: "7",
        premiumBefore: "100.00",
        premiumAfter: "120.00",
        infoBefore: "whole life",
        infoAfter: "whole life",
        segmentBefore: null,
        segmentAfter: null,
        asOfBefore: null,
        asOfAfter: new Date(at("11-22 12:00")).toISOString(),
        premiumInFile: "120.00",
        infoInFile: "whole life",
        segmentInFile: null,
        asOfInFile: null,
        conflicts: [],
        updatedBy: "Ada",
        openCaseId: caseId,
      },
    ]);
    expect((await page(bytes, { group: "added" })).items).toMatchObject([
      {
        line: 5,
        userId: "10",
        premiumBefore: null,
        premiumAfter: "5.00",
        infoBefore: null,
        openCaseId: null,
      },
    ]);
    expect((await page(bytes, { group: "conflicting" })).items).toMatchObject([
      {
        line: 4,
        userId: "9",
        infoBefore: "silver",
        infoAfter: "silver",
        infoInFile: "gold",
        conflicts: ["raw_info"],
        updatedBy: "Ada",
      },
    ]);
    expect((await page(bytes, { group: "affected" })).items).toMatchObject([
      { userId: "7", openCaseId: caseId },
    ]);
  });

  test("come in pages by line, each row once, and only as long as the preview holds", async () => {
    const lines = Array.from({ length: 25 }, (_, n) => `${1_000 + n},${n},x`);
    const bytes = Buffer.from(["id,raw_premium,raw_info", ...lines].join("\n"));
    const { preview } = await load(bytes, true);
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const asked = { group: "added", limit: 10, preview, ...(cursor === null ? {} : { cursor }) };
      const next = await page(bytes, asked);
      seen.push(...next.items.map(({ line }) => line));
      cursor = next.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => n + 2));
    await load(Buffer.from("id,raw_premium,raw_info\n1000,0,x\n"), false);
    await expect(page(bytes, { group: "added", preview })).rejects.toMatchObject({
      code: "preview_outdated",
    });
  });
});

describe("refused rows, for a file to correct", () => {
  test("come as they stand in the file, with their reasons", async () => {
    expect(await refused(Buffer.from(FILE))).toMatchObject({
      header: ["id", "raw_premium", "raw_info", "version"],
      items: [
        { line: 6, code: "bad_amount", field: "raw_premium", cells: ["11", "x", "new", ""] },
        { line: 7, code: "duplicate_id", field: "id", cells: ["7", "120", "whole life", ""] },
        { line: 8, code: "missing_field", field: "raw_premium", cells: ["12", "", "new", ""] },
      ],
    });
  });

  test("in whatever encoding and dialect; a row without the header's columns keeps all that it holds", async () => {
    const lines = [
      "客户号;原保额（万元）;原保障信息",
      '="851001";1,5;"a;b"',
      "851002;1;年金;多余",
      "851003",
      '851004;1.2;"never closed',
    ];
    const answer = await refused(gb18030(lines.join("\r\n")));
    expect(answer.header).toEqual(["客户号", "原保额（万元）", "原保障信息"]);
    expect(answer.items.map(({ line, cells }) => [line, cells])).toEqual([
      [2, ['="851001"', "1,5", "a;b"]],
      [3, ["851002", "1", "年金;多余"]],
      [4, ["851003", "", ""]],
      [5, ["851004", "1.2", '"never closed']],
    ]);
  });

  test("only of CSV: a list of objects has no columns", async () => {
    const call = refusedRows(
      harness,
      { bytes: Buffer.from('{"id":1}'), format: "ndjson" },
      listChoices.parse({}),
      { zone: ZONE, isClear: false },
    );
    await expect(call).rejects.toMatchObject({ status: 400 });
  });
});
