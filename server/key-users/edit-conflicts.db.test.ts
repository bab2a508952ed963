import { beforeEach, describe, expect, test } from "vitest";
import { somebody } from "#testing/factories/case-factory.ts";
import { at } from "#testing/factories/events.ts";
import { streamMoves } from "#testing/factories/key-users.ts";
import { casesForEachTest } from "#testing/harness/cases.ts";
import { newKeyUser } from "../contracts/api/key-users.ts";
import { addKeyUser } from "./add-key-user.ts";
import { editKeyUser } from "./edit-key-user.ts";
import { keyUser, keyUserHistory } from "./list-key-users.ts";
import { removeKeyUser } from "./remove-key-user.ts";

const ada = somebody("ada", "administrator");
const bo = somebody("bo", "administrator");
const harness = casesForEachTest(ada, bo);
beforeEach(async () => {
  const listed = newKeyUser.parse({ userId: "7", rawPremium: "1000", rawInfo: "whole life" });
  await addKeyUser({ ctx: harness, actor: ada }, listed);
});

const row = (actor = ada) => ({ ctx: harness, actor, userId: "7" });
const current = async () => {
  const { rawPremium, rawInfo, version } = await keyUser(harness, "7");
  return [rawPremium, rawInfo, version];
};

describe("an edit that names an older version (W5)", () => {
  test("of the text goes through although the stream has moved the baseline, which keeps its place", async () => {
    await streamMoves(harness, { userId: "7", premium: "900", info: "term 10", at: "11-22 10:00" });
    await editKeyUser(row(), 1, { rawInfo: "corrected" });
    expect(await current()).toEqual(["900.00", "corrected", 3]);
    expect((await keyUser(harness, "7")).baselineAsOf).toBe(new Date(at("11-22 10:00")).toISOString());
  });

  test("of the amount is refused when the stream has moved it: who and when are told", async () => {
    await streamMoves(harness, { userId: "7", premium: "900", info: "term 10", at: "11-22 10:00" });
    await expect(editKeyUser(row(), 1, { rawPremium: "950", rawInfo: "mine" })).rejects.toMatchObject({
      status: 409,
      message: "The stream changed this row after you saw it.",
      fields: {
        current: { rawPremium: "900.00", version: 2 },
        moves: [{ field: "rawPremium", by: "stream", at: new Date(harness.now()).toISOString() }],
      },
    });
    expect(await current()).toEqual(["900.00", "term 10", 2]);
  });

  test("goes through for the field that a person did not touch, and is refused for the one they did", async () => {
    await editKeyUser(row(bo), 1, { rawInfo: "annuity" });
    await editKeyUser(row(), 1, { rawPremium: "950" });
    expect(await current()).toEqual(["950.00", "annuity", 3]);
    await expect(editKeyUser(row(), 1, { rawInfo: "mine" })).rejects.toMatchObject({
      message: "Bo changed this row after you saw it.",
      fields: { current: { version: 3 }, moves: [{ field: "rawInfo", by: "Bo" }] },
    });
  });

  test("to what stands now is no conflict, and makes no version", async () => {
    await editKeyUser(row(bo), 1, { rawPremium: "900", rawInfo: "annuity" });
    expect(await editKeyUser(row(), 1, { rawPremium: "900", rawInfo: "annuity" })).toMatchObject({
      version: 2,
    });
    expect((await keyUserHistory(harness, "7", null)).items).toHaveLength(2);
  });

  test("is refused as a whole when the customer was taken off the list", async () => {
    await removeKeyUser(row(bo), 1);
    await expect(editKeyUser(row(), 1, { rawInfo: "mine" })).rejects.toMatchObject({
      status: 409,
      fields: { current: { version: 2 }, moves: [{ field: "removedAt", by: "Bo" }] },
    });
  });

  test.each([0, 9])("that never was (%i) is refused whatever it edits", async (version) => {
    await expect(editKeyUser(row(), version, { rawInfo: "mine" })).rejects.toMatchObject({ status: 409 });
  });
});

test("a removal that names an older version is refused, whatever moved", async () => {
  await editKeyUser(row(bo), 1, { rawInfo: "annuity" });
  await expect(removeKeyUser(row(), 1)).rejects.toMatchObject({
    status: 409,
    fields: { moves: [{ field: "rawInfo", by: "Bo" }] },
  });
});
