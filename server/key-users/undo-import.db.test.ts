import { describe, expect, test } from "vitest";
import { insertCase, somebody } from "#testing/factories/case-factory.ts";
import { at } from "#testing/factories/events.ts";
import { streamMoves } from "#testing/factories/key-users.ts";
import { writtenActs } from "#testing/harness/audit-log.ts";
import { casesForEachTest } from "#testing/harness/cases.ts";
import { workOnCase } from "../retention/work-on-case.ts";
import { editKeyUser } from "./edit-key-user.ts";
import { importKeyUsers } from "./import-key-users.ts";
import { importedRows, importLog } from "./import-log.ts";
import { keyUser, keyUserHistory } from "./list-key-users.ts";
import { pruneImportRows } from "./prune-import-rows.ts";
import { readKeyUsers } from "./read-key-user-rows.ts";
import { removeKeyUser } from "./remove-key-user.ts";
import { undoImport } from "./undo-import.ts";

const ada = somebody("ada", "administrator");
const bo = somebody("bo", "administrator");
const harness = casesForEachTest(ada, bo);

const HEADER = "id,raw_premium,raw_info,baseline_as_of";

/** Imports lines. @returns the entry's id in the log */
async function load(...lines: string[]): Promise<string> {
  const rows = await readKeyUsers(Buffer.from([HEADER, ...lines].join("\n")), "csv");
  const file = {
    fileName: "list.csv",
    how: { dialect: "strict", format: "csv", encoding: null, separator: null, blank: null },
  } as const;
  const { importId } = await importKeyUsers(harness, ada, rows, { dryRun: false, skipRejected: true, file });
  return importId ?? "";
}

const undo = (importId: string, given: { dryRun?: boolean; reason?: string } = {}) =>
  undoImport({ ctx: harness, actor: bo }, importId, { dryRun: false, ...given });

const current = async (userId: string) => {
  const { rows } = await harness.pool.query(
    `SELECT raw_premium, raw_info, baseline_as_of, as_of_event, anchor, removed_at IS NOT NULL AS is_removed, version
     FROM key_user WHERE user_id = $1`,
    [userId],
  );
  return rows[0];
};
const withoutVersion = async (userId: string) => ({ ...(await current(userId)), version: undefined });

describe("undo of an import (W4)", () => {
  test("takes every row back to what stood before, and those that it added off the list", async () => {
    await load("7,100,whole life,", "8,50,term,", "9,70,annuity,");
    await streamMoves(harness, { userId: "7", premium: "120", info: "term 10", at: "11-22 10:00" });
    await streamMoves(harness, { userId: "7", premium: "110", info: "term 10", at: "11-22 10:01" });
    await removeKeyUser({ ctx: harness, actor: ada, userId: "9" }, 1);
    const before = [await withoutVersion("7"), await withoutVersion("8"), await withoutVersion("9")];
    const id = await load("7,999,gold,", "8,50,renamed,", "9,71,back,", "10,5,new,2026-11-22T10:00:00+08:00");

    const answer = await undo(id, { reason: "wrong file" });
    expect(answer).toMatchObject({
      back: 2,
      removed: 2,
      left: 0,
      leftRows: [],
      importId: expect.any(String),
    });
    expect([await withoutVersion("7"), await withoutVersion("8"), await withoutVersion("9")]).toEqual(before);
    expect(await keyUser(harness, "10")).toMatchObject({
      removedAt: new Date(harness.now()).toISOString(),
      version: 2,
    });
    expect(await keyUser(harness, "7")).toMatchObject({ version: 5, updatedBy: "Bo" });
    expect((await keyUserHistory(harness, "7", null)).items[0]).toMatchObject({
      source: "undo",
      actor: "Bo",
      reason: "wrong file",
      premiumBefore: "999.00",
      premiumAfter: "110.00",
      infoBefore: "gold",
      infoAfter: "term 10",
      effectiveAt: new Date(at("11-22 10:01")).toISOString(),
    });
    expect((await keyUserHistory(harness, "10", null)).items[0]).toMatchObject({
      source: "undo",
      premiumAfter: null,
    });
  });

  test("leaves what people or the stream have changed since, and says who and when", async () => {
    await load("7,100,a,", "8,100,b,", "9,100,c,");
    const id = await load("7,200,a,", "8,200,b,", "9,200,c,", "10,200,d,");
    await editKeyUser({ ctx: harness, actor: ada, userId: "7" }, 2, { rawInfo: "corrected" });
    await streamMoves(harness, { userId: "8", premium: "190", info: "b", at: "11-22 12:01" });
    await removeKeyUser({ ctx: harness, actor: ada, userId: "10" }, 1);
    const told = {
      back: 1,
      removed: 0,
      left: 3,
      leftRows: [
        { userId: "7", line: 2, by: "Ada" },
        { userId: "8", line: 3, by: "stream" },
        { userId: "10", line: 5, by: "Ada" },
      ],
    };
    expect(await undo(id, { dryRun: true })).toMatchObject({ ...told, importId: null });
    expect(await keyUser(harness, "9")).toMatchObject({ rawPremium: "200.00" });
    const { importId } = await undo(id);
    expect(await keyUser(harness, "7")).toMatchObject({
      rawPremium: "200.00",
      rawInfo: "corrected",
      version: 3,
    });
    expect(await keyUser(harness, "9")).toMatchObject({ rawPremium: "100.00", version: 3 });
    const { items } = await importedRows(harness, importId ?? "", { limit: 100, action: "leave" }, null);
    expect(items.map(({ userId, left }) => [userId, left?.by])).toEqual([
      ["7", "Ada"],
      ["8", "stream"],
      ["10", "Ada"],
    ]);
  });

  test("is an entry of the log as the import is, and leaves its audit entry, in one transaction", async () => {
    const first = await load("7,100,a,", "8,x,b,");
    const insertedCase = await insertCase(harness.pool, { userId: "7" });
    expect(insertedCase).not.toBe("");
    const second = await load("7,100,a,", "8,5,b,");
    harness.setNow(at("11-22 12:30"));
    const { importId } = await undo(first, { reason: "wrong file" });
    const { items } = await importLog(harness, { limit: 10 });
    expect(items).toMatchObject([
      {
        id: importId,
        actor: "Bo",
        undoes: first,
        removed: 1,
        reason: "wrong file",
        affectedCases: 1,
        canUndo: false,
      },
      { id: second, added: 1, unchanged: 1, undone: null, canUndo: true },
      {
        id: first,
        actor: "Ada",
        fileName: "list.csv",
        how: { dialect: "strict", format: "csv" },
        added: 1,
        rejected: 1,
        undone: {
          id: importId,
          actor: "Bo",
          at: new Date(at("11-22 12:30")).toISOString(),
          reason: "wrong file",
        },
        canUndo: false,
      },
    ]);
    expect((await writtenActs(harness.pool)).at(-1)).toMatchObject({
      actor: "bo",
      action: "key-users.undo-import",
      subject: `import ${first}`,
      details: { undo: importId, back: 0, removed: 1, left: 0, reason: "wrong file" },
    });
    expect(harness.published.at(-1)).toMatchObject({ keyUserIds: ["7"] });
  });

  test("comes once: of two at a time one wins, the other is told by whom", async () => {
    const id = await load("7,100,a,", "8,100,b,");
    const answers = await Promise.allSettled([undo(id), undo(id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(undo(id)).rejects.toMatchObject({ status: 409, code: "undone_already", message: /Bo/ });
    expect(await keyUser(harness, "7")).toMatchObject({ version: 2 });
  });

  test("is refused, in words, where nothing is left that it could take back", async () => {
    const id = await load("7,100,a,");
    await editKeyUser({ ctx: harness, actor: ada, userId: "7" }, 1, { rawInfo: "b" });
    await expect(undo(id)).rejects.toMatchObject({
      status: 409,
      code: "nothing_to_undo",
      fields: { leftRows: [{ userId: "7", by: "Ada" }] },
    });
  });

  test("cannot itself be undone, and knows no import that never was", async () => {
    const id = await load("7,100,a,");
    const { importId } = await undo(id);
    await expect(undo(importId ?? "")).rejects.toMatchObject({ status: 409, code: "undo_of_undo" });
    for (const unknown of ["999999", "x", "9223372036854775808"]) {
      await expect(undo(unknown)).rejects.toMatchObject({ status: 404 });
    }
  });

  test("is over once its rows are pruned; the entry stays (KEEP_IMPORTS)", async () => {
    const id = await load("7,100,a,");
    expect(await pruneImportRows(harness.pool, new Date(harness.now()))).toBe(0);
    expect(await pruneImportRows(harness.pool, new Date(harness.now() + 1))).toBe(1);
    expect((await importLog(harness, { limit: 10 })).items).toMatchObject([{ id, added: 1, canUndo: false }]);
    await expect(undo(id)).rejects.toMatchObject({ status: 410 });
    await expect(importedRows(harness, id, { limit: 10 }, null)).rejects.toMatchObject({ status: 410 });
  });

  test("does not bring back an anchor that a closed case has ended (K5)", async () => {
    await load("7,500,a,");
    await editKeyUser({ ctx: harness, actor: ada, userId: "7" }, 1, { rawPremium: "100" });
    const id = await load("7,90,a,");
    const caseId = await insertCase(harness.pool, { userId: "7" });
    await workOnCase("close", { ctx: harness, actor: ada, caseId, version: 1 }, { outcome: "lost" });
    await undo(id);
    expect(await current("7")).toMatchObject({ raw_premium: "100.00", anchor: null });
  });
});
