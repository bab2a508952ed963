import { beforeEach, describe, expect, test } from "vitest";
import { somebody } from "#testing/factories/case-factory.ts";
import { writtenActs } from "#testing/harness/audit-log.ts";
import { casesForEachTest } from "#testing/harness/cases.ts";
import { issueKey } from "../access/api-keys.ts";
import type { Actor } from "../access/can.ts";
import { newKeyUser } from "../contracts/api/key-users.ts";
import { listChoices } from "../contracts/api/list-file.ts";
import { addKeyUser } from "./add-key-user.ts";
import { editKeyUser } from "./edit-key-user.ts";
import { CONTACT_EDITS_PER_HOUR, guesserOf, LISTS_PER_HOUR } from "./guess-limit.ts";
import { importSent, proposeImport } from "./propose-import.ts";
import { readListToLookAt } from "./read-list-to-look-at.ts";

const ada = somebody("ada", "administrator");
const bo = somebody("bo", "administrator");
const clear: Actor = { ...ada, granted: ["personal.export"] };
const machine: Actor = { kind: "machine", id: "key-of-f3", name: "CRM", scopes: ["key-users"] };
const harness = casesForEachTest(ada, bo);

const HOUR_MS = 3_600_000;
const telephone = (n: number) => `139555${String(n).padStart(5, "0")}`;
const TRUE = 12_345;
const listOf = (n: number) => `id,raw_premium,raw_info,customer_tel\n7,1000.00,,${telephone(n)}\n`;

const sentOf = (text: string, choices: object = {}) => ({
  bytes: Buffer.from(text),
  format: "csv" as const,
  choices: listChoices.parse(choices),
  skipRejected: false,
  fileName: null,
});
const dryRun = (actor: Actor, text: string, choices: object = {}) =>
  importSent(harness, guesserOf(actor), sentOf(text, choices), { dryRun: true });
const rowsOf = (actor: Actor, text: string) => {
  const { bytes, format, choices } = sentOf(text);
  return readListToLookAt(harness, guesserOf(actor), { bytes, format }, choices);
};
const spend = async (actor: Actor, count = LISTS_PER_HOUR) => {
  for (let n = 0; n < count; n++) await dryRun(actor, listOf(n));
};
const actsOf = async (action: string) =>
  (await writtenActs(harness.pool)).filter((act) => act.action === action);
const REFUSED = { status: 429, code: "too_busy" };

beforeEach(async () => {
  const given = { userId: "7", rawPremium: "1000", customerTel: telephone(TRUE) };
  await addKeyUser({ ctx: harness, actor: ada }, newKeyUser.parse(given));
});

test("the keys of a person count as the person, however many they make, revoked ones too; another person's do not", async () => {
  const keyOf = async (owner: Actor): Promise<Actor> => {
    const given = { name: `CRM ${crypto.randomUUID()}`, scopes: ["key-users" as const], expiresAt: null };
    const { id } = await issueKey(harness.db, given, owner.id);
    return { kind: "machine", id, name: "CRM", scopes: ["key-users"] };
  };
  const [first, second, others] = [await keyOf(ada), await keyOf(ada), await keyOf(bo)];
  await spend(first, LISTS_PER_HOUR - 1);
  await harness.db.apiKey.update({ where: { id: first.id }, data: { revokedAt: new Date() } });
  await dryRun(second, listOf(500));
  await expect(dryRun(await keyOf(ada), listOf(501))).rejects.toMatchObject(REFUSED);
  await expect(dryRun(ada, listOf(502))).rejects.toMatchObject(REFUSED);
  await dryRun(others, listOf(503));
});

describe("lists with names or telephones are bounded by an hour", () => {
  test.each([
    ["a person", ada],
    ["a key", machine],
  ])("for %s: what they hold would be guessed by what an import leaves unchanged", async (_who, actor) => {
    expect(await dryRun(actor, listOf(TRUE))).toMatchObject({ unchanged: 1 });
    await spend(actor, LISTS_PER_HOUR - 1);
    await expect(dryRun(actor, listOf(99_999))).rejects.toMatchObject(REFUSED);
    await expect(rowsOf(actor, listOf(99_998))).rejects.toMatchObject(REFUSED);
    const other = importSent(harness, guesserOf(actor), sentOf(listOf(99_997)), { dryRun: false });
    await expect(other).rejects.toMatchObject(REFUSED);
    await expect(proposeImport(harness, guesserOf(actor), sentOf(listOf(99_996)))).rejects.toMatchObject(
      REFUSED,
    );
  });

  test("the same one again, its rows and its import are free; read by other choices it is another", async () => {
    await spend(ada);
    expect(await dryRun(ada, listOf(3))).toMatchObject({ changed: 1 });
    expect((await rowsOf(ada, listOf(4))).rows).toHaveLength(1);
    await expect(dryRun(ada, listOf(3), { blank: "keep" })).rejects.toMatchObject(REFUSED);
    const done = await importSent(harness, ada, sentOf(listOf(5)), { dryRun: false });
    expect(done).toMatchObject({ changed: 1 });
    expect(await actsOf("key-users.preview")).toHaveLength(LISTS_PER_HOUR);
  });

  test("nobody else is, nor is a list without these columns, or with nothing in them", async () => {
    await spend(ada);
    await dryRun(bo, listOf(99_999));
    for (let n = 0; n < LISTS_PER_HOUR + 1; n++) {
      await dryRun(ada, `id,raw_premium,raw_info\n7,${n},\n`);
      await dryRun(ada, `id,raw_premium,raw_info,customer_tel\n7,${n},, \n`);
    }
    expect(await actsOf("key-users.preview")).toHaveLength(LISTS_PER_HOUR + 1);
  });

  test("it says when to go on, and then they go on", async () => {
    await dryRun(ada, listOf(0));
    harness.setNow(harness.now() + 600_000);
    for (let n = 1; n < LISTS_PER_HOUR; n++) await dryRun(ada, listOf(n));
    const refused = dryRun(ada, listOf(99_999));
    await expect(refused).rejects.toMatchObject({ ...REFUSED, retryAfter: 3_000 });
    await expect(refused).rejects.toThrow(/in 50 min\.$/);
    harness.setNow(harness.now() + 3_000_000);
    await dryRun(ada, listOf(99_999));
    await expect(dryRun(ada, listOf(99_998))).rejects.toMatchObject(REFUSED);
  });

  test("many at once are not more than that", async () => {
    const asked = Array.from({ length: LISTS_PER_HOUR + 8 }, (_, n) => dryRun(ada, listOf(n)));
    const answers = await Promise.allSettled(asked);
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(LISTS_PER_HOUR);
    const same = await Promise.all([0, 0, 0].map(() => dryRun(bo, listOf(0))));
    expect(same).toHaveLength(3);
    expect((await actsOf("key-users.preview")).filter(({ actor }) => actor === "bo")).toHaveLength(1);
  });

  test("who may export them is not bounded, and leaves the entries all the same", async () => {
    await spend(clear, LISTS_PER_HOUR + 1);
    expect(await actsOf("key-users.preview")).toHaveLength(LISTS_PER_HOUR + 1);
  });

  test("each is in the audit log once, with counts and nothing that was in it; a refusal once an hour", async () => {
    await spend(machine);
    for (const n of [99_999, 99_998]) await expect(dryRun(machine, listOf(n))).rejects.toMatchObject(REFUSED);
    const [first, ...others] = await actsOf("key-users.preview");
    expect(first).toMatchObject({
      actor: machine.id,
      subject: expect.stringMatching(/^list [0-9a-f]{32}$/),
      details: { rows: 1, names: 0, telephones: 1 },
    });
    expect(others.map(({ subject }) => subject)).not.toContain(first?.subject);
    expect(await actsOf("key-users.guess-refused")).toMatchObject([
      { actor: machine.id, details: { limit: LISTS_PER_HOUR } },
    ]);
    expect(JSON.stringify(await writtenActs(harness.pool))).not.toMatch(/139555/);
  });

  test("what another administrator confirms was looked at when it was proposed", async () => {
    await spend(ada);
    const confirmation = { proposal: "1", confirmedBy: "bo" };
    const done = await importSent(harness, ada, sentOf(listOf(99_999)), { dryRun: false, confirmation });
    expect(done).toMatchObject({ changed: 1 });
  });
});

describe("edits that hold a name or a telephone are bounded by an hour", () => {
  const guess = (n: number, seen: number, actor: Actor = ada) =>
    editKeyUser({ ctx: harness, actor, userId: "7" }, seen, { customerTel: telephone(n) });
  /** A version that no history tells of: everything counts as moved, so the answer says whether the guess is right. */
  const UNTOLD = 999;

  test("those that write nothing as well, and each leaves its entry", async () => {
    await expect(guess(0, UNTOLD)).rejects.toMatchObject({ status: 409 });
    expect(await guess(TRUE, UNTOLD)).toMatchObject({ version: 1 });
    for (let n = 2; n < CONTACT_EDITS_PER_HOUR; n++) {
      await expect(guess(n, UNTOLD)).rejects.toMatchObject({ status: 409 });
    }
    expect(await actsOf("key-users.contact")).toHaveLength(CONTACT_EDITS_PER_HOUR);
    await expect(guess(TRUE, UNTOLD)).rejects.toMatchObject(REFUSED);
    await expect(guess(TRUE, 1)).rejects.toMatchObject(REFUSED);
    expect(JSON.stringify(await writtenActs(harness.pool))).not.toMatch(/139555/);
    // What holds none, or takes one away, says nothing of them; others have an hour of their own.
    const row = { ctx: harness, actor: ada, userId: "7" };
    await editKeyUser(row, 1, { rawInfo: "term" });
    await guess(TRUE, 2, machine);
    await editKeyUser(row, 3, { customerTel: null });
    harness.setNow(harness.now() + HOUR_MS);
    await guess(TRUE, 4);
  }, 30_000);

  test("but not of who may export them", async () => {
    for (let n = 0; n < CONTACT_EDITS_PER_HOUR; n++) await guess(n, n + 1, clear);
    expect(await guess(TRUE, CONTACT_EDITS_PER_HOUR + 1, clear)).toMatchObject({
      version: CONTACT_EDITS_PER_HOUR + 2,
    });
  }, 30_000);
});
