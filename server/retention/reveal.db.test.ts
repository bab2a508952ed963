import { describe, expect, test } from "vitest";
import { insertCase, somebody } from "#testing/factories/case-factory.ts";
import { at, fen, order } from "#testing/factories/events.ts";
import { writtenActs } from "#testing/harness/audit-log.ts";
import { casesForEachTest } from "#testing/harness/cases.ts";
import { batchOf, startTestWriter } from "#testing/harness/writer-harness.ts";
import { newKeyUser } from "../contracts/api/key-users.ts";
import type { RevealBody } from "../contracts/api/retention.ts";
import type { CallResult } from "../contracts/cases.ts";
import { addKeyUser } from "../key-users/add-key-user.ts";
import { editKeyUser } from "../key-users/edit-key-user.ts";
import { retentionCase } from "./retention-case.ts";
import { reveal } from "./reveal.ts";
import { workOnCase } from "./work-on-case.ts";

const lin = somebody("lin");
const he = somebody("he");
const harness = casesForEachTest(lin, he);
const CALLING: RevealBody = { field: "telephone", reason: "calling" };
const MINUTE_MS = 60_000;
let orders = 0;

/** A case of a customer who has left name and telephone with an order. */
async function aKnownCustomersCase(userId: string): Promise<string> {
  const writer = await startTestWriter(harness.url);
  const sold = order({
    orderNo: `R${orders++}`,
    userId,
    payable: fen("10"),
    customerName: "王小明",
    customerTel: "13812345678",
    gmtModified: at("11-22 09:00"),
  });
  await writer.submit(batchOf("orders", [sold]));
  await writer.stop();
  return insertCase(harness.pool, { userId });
}

const call = (caseId: string, result: CallResult, more: { until?: string; note?: string } = {}) =>
  workOnCase("call", { ctx: harness, actor: lin, caseId, version: 0 }, { result, ...more });

describe("a reveal", () => {
  test("gives one field for a minute, with its audit row and its line on the timeline; the version stays (W1)", async () => {
    const id = await aKnownCustomersCase("41");
    expect(await reveal(harness, lin, id, { ...CALLING, note: "asked me to" })).toEqual({
      field: "telephone",
      value: "13812345678",
      until: new Date(harness.now() + MINUTE_MS).toISOString(),
      count: 1,
      limit: 3,
    });
    expect(await reveal(harness, lin, id, { field: "name", reason: "identity" })).toMatchObject({
      value: "王小明",
      count: 2,
    });
    const rows = await writtenActs(harness.pool);
    expect(rows.map(({ actor, action, subject }) => [actor, action, subject])).toEqual([
      ["lin", "personal.reveal", `case ${id}`],
      ["lin", "personal.reveal", `case ${id}`],
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/13812345678|小明/);
    const detail = await retentionCase(harness, id, null);
    expect(detail).toMatchObject({ version: 1, customerTel: "138 **** 5678", customerName: "王*" });
    expect(detail.timeline.map(({ kind, body }) => [kind, body])).toEqual([
      ["revealed", { field: "name", reason: "identity" }],
      ["revealed", { field: "telephone", reason: "calling", text: "asked me to" }],
    ]);
    expect(harness.published.at(-1)).toMatchObject({ caseIds: [BigInt(id)] });
  });

  test("shows what the key-user list holds; what it has none of, the newest order's", async () => {
    const id = await aKnownCustomersCase("46");
    const ctx = { ctx: harness, actor: somebody("ada", "administrator") };
    const listed = { userId: "46", rawPremium: "1", customerTel: "010-88880000" };
    await addKeyUser(ctx, newKeyUser.parse(listed));
    expect(await retentionCase(harness, id, null)).toMatchObject({
      customerName: "王*",
      customerTel: "010 **** 0000",
    });
    expect(await reveal(harness, lin, id, CALLING)).toMatchObject({ value: "010-88880000" });
    expect(await reveal(harness, lin, id, { field: "name", reason: "identity" })).toMatchObject({
      value: "王小明",
    });
    await editKeyUser({ ...ctx, userId: "46" }, 1, { customerName: "李四", customerTel: null });
    expect(await retentionCase(harness, id, null)).toMatchObject({
      customerName: "李*",
      customerTel: "138 **** 5678",
    });
    const rows = await writtenActs(harness.pool);
    expect(JSON.stringify(rows)).not.toMatch(/8888|王小明|李四/);
  });

  test("needs no order: the list's telephone is enough", async () => {
    const id = await insertCase(harness.pool, { userId: "47" });
    const ctx = { ctx: harness, actor: somebody("ada", "administrator") };
    await addKeyUser(ctx, newKeyUser.parse({ userId: "47", rawPremium: "1", customerTel: "13812340000" }));
    expect(await reveal(harness, lin, id, CALLING)).toMatchObject({ value: "13812340000", count: 1 });
  });

  test("is refused beyond what an hour allows, also many at once, and administrators can see it; an hour later it is not", async () => {
    const id = await aKnownCustomersCase("42");
    const look = () => reveal(harness, lin, id, { field: "name", reason: "identity" });
    const told = await Promise.allSettled(Array.from({ length: 10 }, look));
    const seen = told.filter(({ status }) => status === "fulfilled").length;
    expect(seen).toBeGreaterThan(0);
    expect(seen).toBeLessThanOrEqual(3);
    expect(told.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "too_busy", status: 429 },
    });
    for (let count = seen; count < 3; count += 1) expect(await look()).toMatchObject({ count: count + 1 });
    // Told once an hour, however often it is tried.
    for (let again = 0; again < 3; again += 1) {
      await expect(look()).rejects.toMatchObject({ code: "too_busy" });
    }
    expect(await harness.db.auditEntry.count({ where: { action: "personal.reveal-refused" } })).toBe(1);
    await reveal(harness, he, id, { field: "name", reason: "identity" }); // another person's hour is another one
    harness.setNow(harness.now() + 60 * MINUTE_MS);
    expect(await reveal(harness, lin, id, { field: "name", reason: "identity" })).toMatchObject({ count: 1 });
  });

  test("says so when nothing is known, and leaves no trace of a look that was none", async () => {
    const id = await insertCase(harness.pool, { userId: "43" });
    await expect(reveal(harness, lin, id, CALLING)).rejects.toMatchObject({ code: "not_found" });
    await expect(reveal(harness, lin, "999999", CALLING)).rejects.toMatchObject({ code: "not_found" });
    expect(await harness.db.auditEntry.count()).toBe(0);
  });

  test("of a number asks who does not want to be contacted, on whichever case it was told; what is overridden is audited", async () => {
    const id = await aKnownCustomersCase("44");
    expect((await call(id, "do_not_contact")).contact.barred).toMatchObject({ by: { id: "lin" } });
    await expect(reveal(harness, he, id, CALLING)).rejects.toMatchObject({
      code: "contact_barred",
      status: 409,
      fields: { bars: ["do_not_contact"] },
    });
    await reveal(harness, he, id, { field: "name", reason: "identity" }); // only a call is barred
    await reveal(harness, he, id, { ...CALLING, overrides: ["do_not_contact"] });
    expect((await writtenActs(harness.pool)).at(-1)).toMatchObject({
      actor: "he",
      details: { overrides: ["do_not_contact"] },
    });
    expect((await call(id, "may_contact")).contact.barred).toBeNull();
    await reveal(harness, he, id, CALLING);
  });

  test("of a number asks when the customer was reached as often as the limit says, within its days", async () => {
    const id = await aKnownCustomersCase("45");
    for (const result of ["reached", "no_answer", "reached", "reached"] as const) await call(id, result);
    expect((await retentionCase(harness, id, null)).contact).toMatchObject({
      reached: 3,
      limit: { times: 3, days: 7 },
    });
    await expect(reveal(harness, lin, id, CALLING)).rejects.toMatchObject({ fields: { bars: ["limit"] } });
    harness.setNow(harness.now() + 7 * 24 * 60 * MINUTE_MS + 1);
    await reveal(harness, lin, id, CALLING);
  });
});

describe("how a call went", () => {
  test.each<[CallResult, { until?: string }, object]>([
    ["reached", {}, { state: "contacted", assignee: { id: "lin" }, version: 2 }],
    ["call_back", { until: "2026-11-23T09:00:00+08:00" }, { state: "snoozed", version: 2 }],
    ["no_answer", {}, { state: "new", assignee: null, version: 1 }],
    ["wrong_number", {}, { state: "new", version: 1 }],
    ["do_not_contact", {}, { state: "new", version: 1 }],
  ])("%s: is on the timeline, and makes of the case what it means", async (result, more, becomes) => {
    const id = await insertCase(harness.pool);
    const detail = await call(id, result, { ...more, note: "by phone" });
    expect(detail).toMatchObject(becomes);
    expect(detail.timeline[0]).toMatchObject({
      kind: "called",
      actor: { id: "lin" },
      body: { result, text: "by phone" },
    });
  });

  test("is taken whatever became of the case meanwhile, and opens nothing again", async () => {
    const id = await insertCase(harness.pool, { state: "closed" });
    expect(await call(id, "reached")).toMatchObject({
      state: "closed",
      version: 1,
      timeline: [{ kind: "called" }],
    });
  });

  test("a call back needs a time to come", async () => {
    const id = await insertCase(harness.pool);
    for (const more of [{}, { until: "2026-11-22T11:00:00+08:00" }]) {
      await expect(call(id, "call_back", more)).rejects.toMatchObject({ code: "invalid_input" });
    }
    expect(await harness.db.caseEvent.count()).toBe(0);
  });
});
