import { beforeEach, describe, expect, test } from "vitest";
import { insertCase, somebody } from "#testing/factories/case-factory.ts";
import { at, fen } from "#testing/factories/events.ts";
import { casesForEachTest } from "#testing/harness/cases.ts";
import type { BlankChoice } from "../contracts/list-form.ts";
import { writeBaselines } from "../streams/premium-changes/tables/baselines.ts";
import { editKeyUser } from "./edit-key-user.ts";
import { importKeyUsers } from "./import-key-users.ts";
import { keyUser, keyUserHistory } from "./list-key-users.ts";
import { readKeyUsers } from "./read-key-user-rows.ts";
import { removeKeyUser } from "./remove-key-user.ts";
import { restoreKeyUser } from "./restore-key-user.ts";

const ada = somebody("ada", "administrator");
const harness = casesForEachTest(ada);

interface Settings {
  readonly dryRun?: boolean;
  readonly skipRejected?: boolean;
  readonly blank?: BlankChoice;
  readonly preview?: string;
}

async function load(lines: readonly string[], settings: Settings = {}) {
  const rows = await readKeyUsers(Buffer.from(lines.join("\n")), "csv");
  return importKeyUsers(harness, ada, rows, { dryRun: false, skipRejected: false, ...settings });
}

const HEADER = "id,raw_premium,raw_info,baseline_as_of,version";
const currentRow = async (userId: string) => {
  const { rawPremium, rawInfo, baselineAsOf, version } = await keyUser(harness, userId);
  return [rawPremium, rawInfo, baselineAsOf, version];
};
const write = () => ({ ctx: harness, actor: ada, userId: "7" });

/** What an event of the stream does to user 7. */
async function streamMoves(amount: string, info: string | null, clock: string): Promise<void> {
  const user = await keyUser(harness, "7");
  const premiumBefore = fen(user.rawPremium);
  await writeBaselines(
    harness.pool,
    1,
    [
      {
        userId: "7",
        eventTime: at(`11-22 ${clock}`),
        openId: null,
        premiumBefore,
        premiumAfter: fen(amount),
        infoBefore: user.rawInfo,
        infoAfter: info,
        anchorAfter: premiumBefore,
        seq: 1n,
      },
    ],
    new Date(harness.now()),
  );
}

describe("a row that was changed since its export (W5)", () => {
  beforeEach(() => load([HEADER, "7,100.00,whole life,,", "8,50.00,term,,"]));

  test("by the stream is told and not rolled back; the others are imported", async () => {
    await streamMoves("80", "term", "10:00");
    const answer = await load([HEADER, "7,100.00,whole life,,1", "8,60.00,term,,1"]);
    expect(answer).toMatchObject({
      lines: 2,
      added: 0,
      changed: 1,
      unchanged: 0,
      rejected: [],
      conflicts: [
        { line: 2, userId: "7", fields: ["raw_premium", "raw_info"], version: 2, updatedBy: "stream" },
      ],
    });
    expect(await currentRow("7")).toEqual(["80.00", "term", new Date(at("11-22 10:00")).toISOString(), 2]);
    expect((await currentRow("8"))[0]).toBe("60.00");
  });

  test("by the stream, whose text was edited in the file: the text is taken, the amount stays", async () => {
    await streamMoves("80", "whole life", "10:00");
    const answer = await load([HEADER, "7,100.00,annuity,,1"]);
    expect(answer).toMatchObject({ changed: 1, conflicts: [{ line: 2, fields: ["raw_premium"] }] });
    expect(await currentRow("7")).toEqual(["80.00", "annuity", new Date(at("11-22 10:00")).toISOString(), 3]);
    const { items } = await keyUserHistory(harness, "7", null);
    expect(items[0]).toMatchObject({
      source: "import",
      premiumBefore: "80.00",
      premiumAfter: "80.00",
      infoAfter: "annuity",
    });
  });

  test("by the stream, whose amount was edited in the file, is a conflict for the amount", async () => {
    await streamMoves("80", "whole life", "10:00");
    const answer = await load([HEADER, "7,120.00,whole life,,1"]);
    expect(answer).toMatchObject({ changed: 0, conflicts: [{ fields: ["raw_premium"] }], importId: null });
    expect((await currentRow("7"))[0]).toBe("80.00");
  });

  test("by a person, in the field that the file changes too, is a conflict for that field", async () => {
    await editKeyUser(write(), 1, { rawInfo: "gold" });
    const answer = await load([HEADER, "7,120.00,annuity,,1"]);
    expect(answer).toMatchObject({ changed: 1, conflicts: [{ fields: ["raw_info"], updatedBy: "Ada" }] });
    expect((await currentRow("7")).slice(0, 2)).toEqual(["120.00", "gold"]);
  });

  test("to what the file says is no conflict", async () => {
    await editKeyUser(write(), 1, { rawInfo: "gold" });
    expect(await load([HEADER, "7,100.00,gold,,1"])).toMatchObject({ unchanged: 1, conflicts: [] });
  });

  test("in its time alone", async () => {
    await load([HEADER, "7,100.00,whole life,2026-11-20T00:00:00Z,"]);
    await streamMoves("100", "whole life", "10:00");
    expect(await load([HEADER, "7,100.00,whole life,2026-11-20T00:00:00Z,2"])).toMatchObject({
      unchanged: 0,
      conflicts: [{ fields: ["baseline_as_of"] }],
    });
  });

  test("by removing its user is not put back on the list", async () => {
    await removeKeyUser(write(), 1);
    const answer = await load([HEADER, "7,100.00,whole life,,1"]);
    expect(answer).toMatchObject({ added: 0, conflicts: [{ fields: ["removed_at"], version: 2 }] });
    expect((await keyUser(harness, "7")).removedAt).not.toBeNull();
    expect(await load([HEADER, "7,100.00,whole life,,2"])).toMatchObject({ added: 1, conflicts: [] });
  });

  test("by putting its user back", async () => {
    const removed = `${HEADER},removed_at`;
    await removeKeyUser(write(), 1);
    const line = "7,100.00,whole life,,2,2026-11-22T04:00:00.000Z";
    expect(await load([removed, line])).toMatchObject({ unchanged: 1, conflicts: [] });
    await restoreKeyUser(write(), 2);
    expect(await load([removed, line])).toMatchObject({ conflicts: [{ fields: ["removed_at"] }] });
  });

  test("and whose history is not known leaves everything that differs", async () => {
    await harness.pool.query("UPDATE key_user SET version = 9 WHERE user_id = 7");
    expect(await load([HEADER, "7,120.00,annuity,,1"])).toMatchObject({
      changed: 0,
      conflicts: [{ fields: ["raw_premium", "raw_info"] }],
    });
    expect(await load([HEADER, "7,120.00,whole life,,12"])).toMatchObject({
      conflicts: [{ fields: ["raw_premium"] }], // a version of another system
    });
  });

  test("is taken as ever when the line names no version", async () => {
    await streamMoves("80", "term", "10:00");
    expect(await load([HEADER, "7,100.00,whole life,,"])).toMatchObject({ changed: 1, conflicts: [] });
  });

  test("is no more than a version: a word for one refuses the line", async () => {
    expect(await load([HEADER, "7,1,a,,v1"])).toMatchObject({
      rejected: [{ line: 2, code: "bad_type", field: "version" }],
    });
  });
});

describe("a blank cell", () => {
  const FULL = "7,100.00,whole life,2026-11-20T00:00:00Z,";
  beforeEach(() => load([HEADER, FULL]));

  test("keeps what stands when it is to keep", async () => {
    const answer = await load([HEADER, "7,,,,"], { blank: "keep" });
    expect(answer).toMatchObject({
      unchanged: 1,
      rejected: [],
      blanks: { rawPremium: 1, rawInfo: 1, baselineAsOf: 1 },
    });
    await load([HEADER, "7,,annuity,,"], { blank: "keep" });
    expect(await currentRow("7")).toEqual(["100.00", "annuity", "2026-11-20T00:00:00.000Z", 2]);
    await load([HEADER, "7,90,,,"], { blank: "keep" });
    expect((await currentRow("7")).slice(0, 2)).toEqual(["90.00", "annuity"]);
  });

  test("erases text and time when it is to erase, and no amount", async () => {
    const answer = await load([HEADER, "7,100.00,,,"], { blank: "erase" });
    expect(answer).toMatchObject({ changed: 1, blanks: { rawPremium: 0, rawInfo: 1, baselineAsOf: 1 } });
    expect(await currentRow("7")).toEqual(["100.00", null, null, 2]);
    expect(await load([HEADER, "7,100.00,,,"], { blank: "erase" })).toMatchObject({ unchanged: 1 });
    expect(await load([HEADER, "7,,x,,"], { blank: "erase" })).toMatchObject({
      rejected: [{ line: 2, code: "missing_field", field: "raw_premium" }],
    });
  });

  test("of a column that the file does not have erases nothing", async () => {
    await load(["id,raw_premium,raw_info", "7,100.00,whole life"], { blank: "erase" });
    expect(await currentRow("7")).toEqual(["100.00", "whole life", "2026-11-20T00:00:00.000Z", 1]);
  });

  test("where an amount must be refuses somebody who is not on the list", async () => {
    await removeKeyUser(write(), 1);
    const answer = await load([HEADER, "9,,x,,", "8,1,,,", "7,,x,,"], { blank: "keep" });
    expect(answer.rejected).toMatchObject([
      { line: 2, code: "missing_field", field: "raw_premium" },
      { line: 4, code: "missing_field", field: "raw_premium" },
    ]);
    expect(answer.importId).toBeNull();
    expect(await load([HEADER, "9,,x,,", "8,1,,,"], { blank: "keep", skipRejected: true })).toMatchObject({
      added: 1,
    });
  });

  test("is what the strict form has always said it is, when nothing is asked", async () => {
    expect(await load([HEADER, "7,,whole life,,"])).toMatchObject({ rejected: [{ code: "missing_field" }] });
    await load([HEADER, "7,100.00,,,"]);
    expect(await currentRow("7")).toEqual(["100.00", null, "2026-11-20T00:00:00.000Z", 2]);
  });
});

describe("an import does what was previewed", () => {
  beforeEach(() => load([HEADER, "7,100.00,a,,"]));
  const lines = [HEADER, "7,90.00,a,,", "8,1,b,,"];

  test("when nothing has changed since", async () => {
    const { preview } = await load(lines, { dryRun: true });
    await insertCase(harness.pool, { userId: "7" }); // a case changes nothing of what is written
    expect(await load(lines, { preview })).toMatchObject({ added: 1, changed: 1, preview });
  });

  const blankText = [HEADER, "7,90.00,,,", "8,1,b,,"];
  const nothing = async (): Promise<void> => undefined;
  const edit = async (): Promise<void> => void (await editKeyUser(write(), 1, { rawInfo: "z" }));
  test.each<[string, () => Promise<void>, readonly string[], readonly string[], Settings]>([
    ["the list", edit, lines, lines, {}],
    ["the file", nothing, lines, [HEADER, "7,91.00,a,,", "8,1,b,,"], {}],
    ["the settings", nothing, blankText, blankText, { blank: "keep" }],
  ])("and nothing when %s changed", async (_, change, previewed, sent, settings) => {
    const { preview } = await load(previewed, { dryRun: true });
    await change();
    await expect(load(sent, { ...settings, preview })).rejects.toMatchObject({
      code: "preview_outdated",
      status: 409,
      fields: { current: { added: 1, changed: 1, importId: null } },
    });
    expect((await currentRow("7"))[0]).toBe("100.00");
  });
});
