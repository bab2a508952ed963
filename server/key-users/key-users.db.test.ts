import { describe, expect, test } from "vitest";
import { insertCase, somebody } from "#testing/factories/case-factory.ts";
import { at, fen, premiumChange } from "#testing/factories/events.ts";
import { writtenActs } from "#testing/harness/audit-log.ts";
import { casesForEachTest } from "#testing/harness/cases.ts";
import { batchOf, counts, startTestWriter } from "#testing/harness/writer-harness.ts";
import type { KeyUser } from "../contracts/api/key-users.ts";
import { keyUsersQuery, newKeyUser } from "../contracts/api/key-users.ts";
import { Conflict, NotFound } from "../lib/errors.ts";
import { workOnCase } from "../retention/work-on-case.ts";
import { addKeyUser } from "./add-key-user.ts";
import { editKeyUser } from "./edit-key-user.ts";
import { importKeyUsers } from "./import-key-users.ts";
import { allKeyUsers, keyUser, keyUserHistory, keyUsers } from "./list-key-users.ts";
import { removeKeyUser } from "./remove-key-user.ts";
import { restoreKeyUser } from "./restore-key-user.ts";

const ada = somebody("ada", "administrator");
const bo = somebody("bo", "administrator");
const harness = casesForEachTest(ada, bo);

const add = (given: object = {}, actor = ada) =>
  addKeyUser(
    { ctx: harness, actor },
    newKeyUser.parse({ userId: "7", rawPremium: "1000", rawInfo: "whole life", ...given }),
  );
const of = (userId = "7", actor = ada) => ({ ctx: harness, actor, userId });

async function send(clock: string, amount: string): Promise<Record<string, number>> {
  const writer = await startTestWriter(harness.url);
  const event = premiumChange({
    gmtModified: at(`11-22 ${clock}`),
    nowPremium: fen(amount),
    nowInfo: "term 10",
  });
  const outcome = await writer.submit(batchOf("premium_changes", [event], { acceptedAt: at("11-22 23:00") }));
  await writer.stop();
  return counts(outcome);
}

describe("two people at one row", () => {
  test("the slower edit is refused and told what stands now and who wrote it", async () => {
    const seen = await add();
    await editKeyUser(of("7", bo), seen.version, { rawPremium: "900" });
    const slower = editKeyUser(of(), seen.version, { rawPremium: "950.5" });
    await expect(slower).rejects.toThrow("Bo changed this row after you saw it.");
    await expect(slower).rejects.toMatchObject({
      status: 409,
      fields: { current: { rawPremium: "900.00", version: 2, updatedBy: "Bo" } },
    });
    expect(await editKeyUser(of(), 2, { rawPremium: "950.5" })).toMatchObject({
      rawPremium: "950.50",
      version: 3,
    });
  });

  test("of twenty edits of one version one wins", async () => {
    const { version } = await add();
    const edits = Array.from({ length: 20 }, (_, n) => editKeyUser(of(), version, { rawPremium: n }));
    const answers = await Promise.allSettled(edits);
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason] : []))).toSatisfy(
      (reasons: unknown[]) => reasons.every((reason) => reason instanceof Conflict),
    );
    expect(await keyUser(harness, "7")).toMatchObject({ version: 2 });
  });

  test("of ten who add one customer one does, and nine are shown the row", async () => {
    const answers = await Promise.allSettled(Array.from({ length: 10 }, (_, n) => add({ rawPremium: n })));
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const reasons = answers.flatMap((answer) =>
      answer.status === "rejected" ? [answer.reason as Conflict] : [],
    );
    expect(reasons.map(({ status, fields }) => [status, (fields.current as KeyUser).userId])).toEqual(
      Array.from({ length: 9 }, () => [409, "7"]),
    );
    expect(await harness.db.baselineChange.count()).toBe(1);
  });

  test("an event moves the version too: who edits must have seen what the stream wrote (K6)", async () => {
    const seen = await add();
    await send("11:00", "990");
    await expect(editKeyUser(of(), seen.version, { rawPremium: "1" })).rejects.toThrow(
      "The stream changed this row",
    );
  });
});

describe("place of an edit in the order of events (K3)", () => {
  test("events from before the edit are superseded, later ones apply", async () => {
    await add();
    await editKeyUser(of(), 1, { rawPremium: "500" });
    expect(await keyUser(harness, "7")).toMatchObject({ baselineAsOf: "2026-11-22T04:00:00.000Z" });
    expect(await send("11:59", "100")).toEqual({ superseded: 1 });
    expect(await send("12:00", "499")).toEqual({ applied: 1 });
  });

  test("a new text alone leaves baseline and place: an event from before the edit still counts", async () => {
    await add();
    await send("11:00", "900");
    await editKeyUser(of(), 2, { rawInfo: "corrected" });
    expect(await keyUser(harness, "7")).toMatchObject({
      rawInfo: "corrected",
      rawPremium: "900.00",
      baselineAsOf: "2026-11-22T03:00:00.000Z",
    });
    expect(await send("11:30", "700")).toEqual({ applied: 1 });
  });

  test("a repeated event does not undo an edit: of the text, or by a clock that is behind the events (C9)", async () => {
    await add();
    await send("11:00", "700");
    await editKeyUser(of(), 2, { rawInfo: "corrected" });
    expect(await send("11:00", "700")).toEqual({ duplicate: 1 });
    harness.setNow(at("11-22 10:58"));
    await editKeyUser(of(), 3, { rawPremium: "2000" });
    expect(await send("11:00", "700")).toEqual({ duplicate: 1 });
    await removeKeyUser(of(), 4);
    const again = { line: 2, cells: { id: "7", raw_premium: "2000", raw_info: "listed anew" } };
    await importKeyUsers(harness, ada, [again], { dryRun: false, skipRejected: false });
    expect(await send("11:00", "700")).toEqual({ duplicate: 1 });
    expect(await keyUser(harness, "7")).toMatchObject({ rawInfo: "listed anew", rawPremium: "2000.00" });
    expect(await send("11:01", "1999")).toEqual({ applied: 1 });
  });

  test("a listed baseline holds since always, or since when it says", async () => {
    await add();
    expect(await send("00:01", "990")).toEqual({ applied: 1 });
    await harness.empty();
    await add({ baselineAsOf: "2026-11-22T10:00:00+08:00" });
    expect(await send("09:59", "10")).toEqual({ superseded: 1 });
  });
});

test("what a list that is imported may not hold, a person cannot enter either (C8, C13, K1)", async () => {
  await harness.empty();
  harness.setNow(at("11-22 12:00"));
  await expect(add({ rawPremium: "-0.001" })).rejects.toMatchObject({ status: 400 });
  for (const baselineAsOf of ["1999-12-31T23:59:59Z", "2099-01-01T00:00:00Z"]) {
    await expect(add({ baselineAsOf })).rejects.toMatchObject({
      status: 400,
      fields: { field: "baselineAsOf" },
    });
  }
  await add({ rawInfo: " \t" });
  expect(await keyUser(harness, "7")).toMatchObject({ rawInfo: null });
  await expect(editKeyUser(of(), 1, { rawPremium: "-0.001" })).rejects.toMatchObject({ status: 400 });
});

describe("the anchor (K5)", () => {
  const anchor = async () =>
    (await harness.pool.query("SELECT greatest(anchor, raw_premium) AS anchor FROM key_user")).rows[0]
      ?.anchor;

  test("is the highest baseline since listing, whoever set it, and starts anew with a new listing", async () => {
    await add();
    await send("10:00", "1200");
    await editKeyUser(of(), 2, { rawPremium: "900" });
    expect(await anchor()).toBe("1200.00");
    await editKeyUser(of(), 3, { rawPremium: "1300" });
    expect(await anchor()).toBe("1300.00");
    await importKeyUsers(harness, ada, [{ line: 1, cells: { id: "7", raw_premium: "800" } }], {
      dryRun: false,
      skipRejected: false,
    });
    expect(await anchor()).toBe("1300.00");
    await removeKeyUser(of(), 5);
    await restoreKeyUser(of(), 6);
    expect(await anchor()).toBe("800.00");
  });

  test("starts anew when a case is closed, and not when somebody else was faster", async () => {
    await add();
    await send("10:00", "700");
    const { id } = await harness.db.retentionCase.findFirstOrThrow();
    const close = (version: number) =>
      workOnCase("close", { ctx: harness, actor: ada, caseId: String(id), version }, { outcome: "lost" });
    await expect(close(9)).rejects.toThrow(Conflict);
    expect(await anchor()).toBe("1000.00");
    await close(1);
    expect(await anchor()).toBe("700.00");
  });
});

test("who is removed counts no more, keeps the history, and comes back with the baseline that stood (K2)", async () => {
  await add();
  await removeKeyUser(of(), 1);
  expect(await send("13:00", "1")).toEqual({ not_key_user: 1 });
  await expect(editKeyUser(of(), 2, { rawPremium: "5" })).rejects.toMatchObject({ status: 400 });
  await expect(add()).rejects.toThrow("restore them");
  await expect(removeKeyUser(of(), 2)).rejects.toMatchObject({ status: 400 });
  const back = await restoreKeyUser(of(), 2);
  expect(back).toMatchObject({ rawPremium: "1000.00", removedAt: null, version: 3 });
  const { items } = await keyUserHistory(harness, "7", null);
  expect(
    items.map(({ source, actor, premiumBefore, premiumAfter }) => [
      source,
      actor,
      premiumBefore,
      premiumAfter,
    ]),
  ).toEqual([
    ["restore", "Ada", null, "1000.00"],
    ["remove", "Ada", "1000.00", null],
    ["add", "Ada", null, "1000.00"],
  ]);
  expect((await writtenActs(harness.pool)).map(({ action }) => action)).toEqual([
    "key-users.add",
    "key-users.remove",
    "key-users.restore",
  ]);
});

test("closing a case tells the list, which shows who has an open one", async () => {
  await add();
  const caseId = await insertCase(harness.pool, { userId: "7" });
  expect(await keyUser(harness, "7")).toMatchObject({ openCaseId: caseId });
  harness.published.length = 0;
  await workOnCase("close", { ctx: harness, actor: ada, caseId, version: 1 }, { outcome: "retained" });
  expect(harness.published).toMatchObject([{ keyUserIds: ["7"] }]);
  expect(await keyUser(harness, "7")).toMatchObject({ openCaseId: null });
});

describe("pages of the list", () => {
  test.each(["userId", "rawPremium", "updatedAt"])(
    "by %s are complete under ties, and told how many",
    async (sort) => {
      await harness.pool.query(
        `INSERT INTO key_user (user_id, raw_premium, updated_at)
       SELECT n - 50, n % 3, timestamptz '2026-11-22T10:00Z' + (n % 2) * interval '1 ms' FROM generate_series(1, 103) AS n`,
      );
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await keyUsers(
          harness,
          keyUsersQuery.parse({ sort, limit: 10, ...(cursor === null ? {} : { cursor }) }),
          null,
        );
        expect(page.total).toBe(103);
        seen.push(...page.items.map(({ userId }) => userId));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(seen).toHaveLength(103);
      expect(new Set(seen).size).toBe(103);
    },
  );

  test.each([
    ["an id's beginning", "10", ["100", "1007"]],
    ["a text's part", "LIFE", ["100", "2"]],
    ["what LIKE would read as a sign", "50%", ["3"]],
    ["nothing found", "zzz", []],
  ])("search finds %s", async (_, search, found) => {
    await add({ userId: "100", rawInfo: "whole life" });
    await add({ userId: "1007", rawInfo: null });
    await add({ userId: "2", rawInfo: "Life B" });
    await add({ userId: "3", rawInfo: "50% off" });
    await add({ userId: "4", rawInfo: "500 off" });
    const { items, total } = await keyUsers(harness, keyUsersQuery.parse({ search }), null);
    expect([items.map(({ userId }) => userId).sort(), total]).toEqual([found, found.length]);
  });

  test("an export reads the whole filter, slice by slice", async () => {
    await harness.pool.query(
      "INSERT INTO key_user (user_id, raw_premium) SELECT n, 1 FROM generate_series(1, 1001) AS n",
    );
    const slices: number[] = [];
    const filter = { search: undefined, status: "active" } as const;
    for await (const users of allKeyUsers(harness, filter, { scope: null, lookUps: null, isClear: false }))
      slices.push(users.length);
    expect(slices).toEqual([500, 500, 1]);
  });
});

test.each(["9223372036854775808", "-9223372036854775809", "99999999999999999999", "x", ""])(
  "nobody has the id %j: it is no 64-bit integer (rule C5)",
  async (userId) => {
    await expect(keyUser(harness, userId)).rejects.toThrow(NotFound);
    await expect(removeKeyUser(of(userId), 1)).rejects.toThrow(NotFound);
  },
);
