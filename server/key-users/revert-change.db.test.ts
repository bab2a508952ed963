import { beforeEach, expect, test } from "vitest";
import { somebody } from "#testing/factories/case-factory.ts";
import { at } from "#testing/factories/events.ts";
import { streamMoves } from "#testing/factories/key-users.ts";
import { writtenActs } from "#testing/harness/audit-log.ts";
import { casesForEachTest } from "#testing/harness/cases.ts";
import { newKeyUser } from "../contracts/api/key-users.ts";
import { addKeyUser } from "./add-key-user.ts";
import { editKeyUser } from "./edit-key-user.ts";
import { keyUser, keyUserHistory } from "./list-key-users.ts";
import { removeKeyUser } from "./remove-key-user.ts";
import { revertChange } from "./revert-change.ts";

const ada = somebody("ada", "administrator");
const bo = somebody("bo", "administrator");
const harness = casesForEachTest(ada, bo);
beforeEach(async () => {
  const listed = newKeyUser.parse({ userId: "7", rawPremium: "1000", rawInfo: "whole life" });
  await addKeyUser({ ctx: harness, actor: ada }, listed);
});

const row = (actor = ada) => ({ ctx: harness, actor, userId: "7" });
/** The newest change of a kind. */
const changeOf = async (source: string) =>
  (await keyUserHistory(harness, "7", null)).items.find((change) => change.source === source)?.id ?? "";

test("a change is reverted as a new version with the values of before, by whom and why, and audited", async () => {
  await editKeyUser(row(), 1, { rawPremium: "900", rawInfo: "annuity" });
  harness.setNow(at("11-22 13:00"));
  const reverted = await revertChange(row(bo), 2, {
    changeId: await changeOf("edit"),
    reason: "typed wrongly",
  });
  expect(reverted).toMatchObject({
    rawPremium: "1000.00",
    rawInfo: "whole life",
    version: 3,
    updatedBy: "Bo",
    baselineAsOf: new Date(at("11-22 13:00")).toISOString(),
  });
  expect((await keyUserHistory(harness, "7", null)).items[0]).toMatchObject({
    source: "revert",
    actor: "Bo",
    reason: "typed wrongly",
    premiumBefore: "900.00",
    premiumAfter: "1000.00",
  });
  expect((await writtenActs(harness.pool)).at(-1)).toMatchObject({
    actor: "bo",
    action: "key-users.revert",
    subject: "key user 7",
    details: { reason: "typed wrongly" },
  });
});

test("only what that change moved goes back: later changes of the other field stay", async () => {
  await editKeyUser(row(), 1, { rawInfo: "annuity" });
  await streamMoves(harness, { userId: "7", premium: "800", info: "annuity", at: "11-22 12:30" });
  expect(await revertChange(row(), 3, { changeId: await changeOf("edit") })).toMatchObject({
    rawPremium: "800.00",
    rawInfo: "whole life",
    baselineAsOf: new Date(at("11-22 12:30")).toISOString(),
  });
});

test("what moved since the version that was seen is a conflict for its field alone (W5)", async () => {
  await editKeyUser(row(), 1, { rawPremium: "900" });
  await streamMoves(harness, { userId: "7", premium: "800", info: "whole life", at: "11-22 12:30" });
  await expect(revertChange(row(), 2, { changeId: await changeOf("edit") })).rejects.toMatchObject({
    status: 409,
    fields: { moves: [{ field: "rawPremium", by: "stream" }] },
  });
});

test("what came onto the list or left it is no change of values; nor is one of somebody else", async () => {
  await expect(revertChange(row(), 1, { changeId: await changeOf("add") })).rejects.toMatchObject({
    status: 400,
  });
  await removeKeyUser(row(), 1);
  await expect(revertChange(row(), 2, { changeId: await changeOf("remove") })).rejects.toMatchObject({
    status: 400,
  });
  await expect(revertChange(row(), 2, { changeId: "999999" })).rejects.toMatchObject({ status: 404 });
});

test("to revert what stands as before already makes no version", async () => {
  await editKeyUser(row(), 1, { rawInfo: "annuity" });
  const changeId = await changeOf("edit");
  await editKeyUser(row(), 2, { rawInfo: "whole life" });
  expect(await revertChange(row(), 3, { changeId })).toMatchObject({ version: 3 });
  expect(await keyUser(harness, "7")).toMatchObject({ version: 3 });
});
