import { describe, expect, test } from "vitest";
import { enter, insertCase, insertCases, somebody, type TestActor } from "#testing/factories/case-factory.ts";
import { casesForEachTest } from "#testing/harness/cases.ts";
import { casesQuery, occurrencesQuery } from "../contracts/api/retention.ts";
import { findOccurrences } from "./occurrences.ts";
import { owners } from "./owners.ts";
import { retentionCase } from "./retention-case.ts";
import { retentionCases } from "./retention-cases.ts";
import { retentionCounts } from "./retention-counts.ts";
import { undoActs } from "./undo-acts.ts";
import { workOnCase } from "./work-on-case.ts";

/** A manager with a data scope works as if there were no other customers. */

const OWN: readonly string[] = ["east", "north"];
const lin = { ...somebody("lin"), segments: OWN };
const he = somebody("he");
const harness = casesForEachTest(lin, he);

/** Customers 1 (east), 2 (west), 3 (of no segment), 4 (north). */
async function listCustomers(): Promise<void> {
  await harness.pool.query(
    `INSERT INTO key_user (user_id, raw_premium, segment)
     VALUES (1, 1000, 'east'), (2, 1000, 'west'), (3, 1000, NULL), (4, 1000, 'north')`,
  );
}

async function casesOf(...users: string[]): Promise<string[]> {
  await listCustomers();
  return insertCases(
    harness.pool,
    users.map((userId) => ({ userId })),
  );
}

const usersIn = async (query: object, actor: TestActor = lin) =>
  (await retentionCases(harness, casesQuery.parse(query), actor)).items.map(({ userId }) => userId).sort();
const NO_SUCH = { status: 404, message: "There is no such case." };

describe("somebody with a data scope", () => {
  test("has the cases of its customers in the queue, in every filter, and in the search", async () => {
    await casesOf("1", "2", "3", "4");
    expect(await usersIn({})).toEqual(["1", "4"]);
    expect(await usersIn({}, he)).toEqual(["1", "2", "3", "4"]);
    for (const query of [{ userId: "2" }, { find: "2" }, { find: "3" }])
      expect(await usersIn(query)).toEqual([]);
    expect(await usersIn({ find: "1" })).toEqual(["1"]);
    expect(await usersIn({ assignee: "none", state: "now", sort: "updatedAt" })).toEqual(["1", "4"]);
  });

  test("has pages of them that are complete", async () => {
    await listCustomers();
    await harness.pool.query(
      "INSERT INTO key_user (user_id, raw_premium, segment) SELECT n, 1, CASE WHEN n % 3 = 0 THEN 'east' ELSE 'west' END FROM generate_series(100, 219) n",
    );
    await insertCases(
      harness.pool,
      Array.from({ length: 120 }, (_, n) => ({ userId: String(100 + n), premiumAtRisk: `${n % 5}.00` })),
    );
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: object = { limit: 7, ...(cursor === null ? {} : { cursor }) };
      const page = await retentionCases(harness, casesQuery.parse(query), lin);
      seen.push(...page.items.map(({ userId }) => userId));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(40);
    expect(seen).toHaveLength(40);
    expect(seen.every((userId) => Number(userId) % 3 === 0)).toBe(true);
  });

  test("counts them alone", async () => {
    await casesOf("1", "2", "3");
    expect(await retentionCounts(harness, {}, lin)).toMatchObject({ open: 1, now: 1, byState: { new: 1 } });
    expect(await retentionCounts(harness, { assignee: "none" }, lin)).toMatchObject({ open: 1 });
    expect(await retentionCounts(harness, {}, he)).toMatchObject({ open: 3 });
  });

  test("is told that there is no such case of another customer, as of one that there never was", async () => {
    const [own = "", other = "", unplaced = ""] = await casesOf("1", "2", "3");
    expect(await retentionCase(harness, own, lin.segments)).toMatchObject({ userId: "1" });
    for (const id of [other, unplaced, "999999"]) {
      await expect(retentionCase(harness, id, lin.segments)).rejects.toMatchObject(NO_SUCH);
    }
  });

  test("cannot work on it, nor undo what others did", async () => {
    const [own = "", other = ""] = await casesOf("1", "2");
    const claim = (caseId: string, actor: TestActor = lin) =>
      workOnCase("claim", { ctx: harness, actor, caseId, version: 1 });
    await expect(claim(other)).rejects.toMatchObject(NO_SUCH);
    await expect(
      workOnCase("note", { ctx: harness, actor: lin, caseId: other, version: 0 }, { text: "hello" }),
    ).rejects.toMatchObject(NO_SUCH);
    expect(await retentionCase(harness, other, null)).toMatchObject({
      version: 1,
      state: "new",
      timeline: [],
    });
    expect(await claim(own)).toMatchObject({ state: "claimed" });
    const { timeline } = await claim(other, he);
    const act = { case: other, entry: timeline[0]?.id ?? "" };
    await expect(undoActs(harness, lin, [act])).rejects.toMatchObject(NO_SUCH);
    expect(await retentionCase(harness, other, null)).toMatchObject({ state: "claimed" });
  });

  test("finds the evidence of its customers alone", async () => {
    const [own = "", other = ""] = await casesOf("1", "2");
    await harness.pool.query(
      `INSERT INTO occurrence (id, user_id, case_id, rules, rule_version, baseline_before, amount_now, drop_percent, event_time,
         detected_at, seq, anchor)
       VALUES ('o1', 1, $1, '{step}', 1, 2, 1, 50, 1, 1, 1, 2), ('o2', 2, $2, '{step}', 1, 2, 1, 50, 1, 1, 2, 2)`,
      [own, other],
    );
    const found = async (query: object) =>
      (await findOccurrences(harness, occurrencesQuery.parse(query), lin.segments)).items.map(({ id }) => id);
    expect(await found({})).toEqual(["o1"]);
    expect(await found({ userId: "2" })).toEqual([]);
  });

  test("is offered the colleagues who may see one of its customers, and nobody else", async () => {
    const west = { ...somebody("wu"), segments: ["west"] };
    const both = { ...somebody("bo"), segments: ["east", "west"] };
    for (const person of [west, both]) {
      await enter(harness, person);
      await harness.db.user.update({ where: { id: person.id }, data: { segments: person.segments } });
    }
    await listCustomers();
    await insertCase(harness.pool, { userId: "2", assignee: "wu", state: "claimed" });
    const names = async (scope: readonly string[] | null) =>
      (await owners(harness, scope)).items.map(({ id }) => id).sort();
    expect(await names(lin.segments)).toEqual(["bo", "he", "lin"]);
    expect(await names(null)).toEqual(["bo", "he", "lin", "wu"]);
    // A former owner of a case in the scope is named, whatever they may see now.
    await insertCase(harness.pool, { userId: "1", assignee: "wu", state: "claimed" });
    expect(await names(lin.segments)).toEqual(["bo", "he", "lin", "wu"]);
    await harness.db.user.deleteMany({ where: { id: { in: ["wu", "bo"] } } });
  });

  test("sees a customer from the moment on at which the list says so", async () => {
    const [other = ""] = await casesOf("2");
    await harness.pool.query("UPDATE key_user SET segment = 'east' WHERE user_id = 2");
    expect(await usersIn({})).toEqual(["2"]);
    expect(await retentionCase(harness, other, lin.segments)).toMatchObject({ userId: "2" });
  });
});
