import { describe, expect, test } from "vitest";
import { aPerson, type GivenCase, insertCase, somebody } from "#testing/factories/case-factory.ts";
import { at, fen, premiumChange } from "#testing/factories/events.ts";
import { writtenActs } from "#testing/harness/audit-log.ts";
import { casesForEachTest } from "#testing/harness/cases.ts";
import { batchOf, startTestWriter } from "#testing/harness/writer-harness.ts";
import type { Actor } from "../access/can.ts";
import type { CaseDetail } from "../contracts/api/retention.ts";
import { wakeCases } from "../jobs/wake-cases.ts";
import { Conflict } from "../lib/errors.ts";
import { type Work, workOnCase } from "./work-on-case.ts";

const lin = somebody("lin");
const he = somebody("he");
const harness = casesForEachTest(lin, he);

const act = (actor: Actor, caseId: string, version: number): Work => ({
  ctx: harness,
  actor,
  caseId,
  version,
});
const stored = (id: string) => harness.db.retentionCase.findUniqueOrThrow({ where: { id: BigInt(id) } });

/** Each verb as Lin does it to a case that she sees in version 1. */
const VERBS: Record<string, (verb: Work) => Promise<CaseDetail>> = {
  claim: (work) => workOnCase("claim", work),
  release: (work) => workOnCase("release", work),
  contact: (work) => workOnCase("contact", work),
  note: (verb) => workOnCase("note", verb, { text: "calls back on Monday" }),
  snooze: (verb) => workOnCase("snooze", verb, { until: "2026-11-23T09:00:00+08:00" }),
  close: (verb) => workOnCase("close", verb, { outcome: "retained", note: "signed again" }),
  "take-over": (verb) => workOnCase("take-over", verb, { from: "he" }),
  "close another's": (verb) => workOnCase("close", verb, { outcome: "retained", from: "he" }),
  reopen: (work) => workOnCase("reopen", work),
};

interface Row {
  readonly from: Partial<GivenCase>;
  readonly verb: keyof typeof VERBS;
  readonly becomes: Partial<{ triage: string; state: string; mark: null | string; assignee: null | string }>;
}

describe("what a verb makes of a case (K8)", () => {
  test.each<Row>([
    { from: {}, verb: "claim", becomes: { triage: "claimed", state: "claimed", assignee: "lin" } },
    {
      from: { assignee: "lin", state: "snoozed" },
      verb: "claim",
      becomes: { state: "claimed", assignee: "lin" },
    },
    {
      from: { assignee: "he", state: "contacted" },
      verb: "take-over",
      becomes: { state: "claimed", assignee: "lin" },
    },
    { from: { state: "recovered" }, verb: "claim", becomes: { state: "claimed", mark: null } },
    {
      from: { state: "regressed" },
      verb: "contact",
      becomes: { state: "contacted", mark: null, assignee: "lin" },
    },
    { from: { assignee: "he" }, verb: "contact", becomes: { state: "contacted", assignee: "he" } },
    {
      from: { state: "claimed", assignee: "lin" },
      verb: "release",
      becomes: { state: "new", assignee: null },
    },
    { from: {}, verb: "snooze", becomes: { state: "snoozed", assignee: null } },
    { from: {}, verb: "close", becomes: { state: "closed", assignee: "lin" } },
    {
      from: { state: "recovered", assignee: "he" },
      verb: "close another's",
      becomes: { state: "closed", mark: null, assignee: "he" },
    },
    {
      from: { state: "closed", assignee: "he" },
      verb: "reopen",
      becomes: { state: "claimed", assignee: "he" },
    },
    { from: { state: "closed" }, verb: "reopen", becomes: { state: "new", assignee: null } },
  ])("$verb on $from", async ({ from, verb, becomes }) => {
    const id = await insertCase(harness.pool, from);
    const answer = await VERBS[verb]?.(act(lin, id, 1));
    expect(await stored(id)).toMatchObject({ ...becomes, version: 2 });
    expect(answer).toMatchObject({ id, version: 2, timeline: [{ actor: { id: "lin", name: "Lin" } }] });
  });

  test.each<{ from: Partial<GivenCase>; verb: keyof typeof VERBS }>([
    ...["claim", "release", "contact", "snooze", "close"].map((verb) => ({
      from: { state: "closed" as const },
      verb,
    })),
    { from: {}, verb: "reopen" },
  ])("$verb is refused on $from and leaves nothing behind", async ({ from, verb }) => {
    const id = await insertCase(harness.pool, from);
    await expect(VERBS[verb]?.(act(lin, id, 1))).rejects.toMatchObject({ status: 400 });
    expect(await stored(id)).toMatchObject({ version: 1 });
    expect([
      await harness.db.caseEvent.count(),
      await harness.db.auditEntry.count(),
      harness.published.length,
    ]).toEqual([0, 0, 0]);
  });

  test.each<Partial<GivenCase>>([{ state: "recovered" }, { state: "closed", assignee: "he" }])(
    "a note on $state changes nothing else, and takes any version (W1)",
    async (from) => {
      const id = await insertCase(harness.pool, from);
      for (const version of [1, 0, 7])
        await workOnCase("note", act(lin, id, version), { text: "calls back" });
      expect(await stored(id)).toMatchObject({ state: from.state, version: 1 });
      const { timeline } = await workOnCase("note", act(he, id, 1), { text: "no answer" });
      expect(timeline.map(({ actor }) => actor?.name)).toEqual(["He", "Lin", "Lin", "Lin"]);
    },
  );

  test("a decision after a note that it has not seen is no conflict; after a decision it names who decided (W1)", async () => {
    const id = await insertCase(harness.pool);
    await workOnCase("note", act(he, id, 1), { text: "away until Friday" });
    await workOnCase("claim", act(lin, id, 1));
    await workOnCase("note", act(he, id, 1), { text: "back on Monday" });
    await expect(workOnCase("contact", act(he, id, 1))).rejects.toThrow("Lin was faster");
  });

  test.each([
    ["claim", "claim"],
    ["close", "close"],
    ["release", "release"],
  ])("%s of a case that somebody has is refused and says who has it (W3)", async (_, verb) => {
    const id = await insertCase(harness.pool, { state: "claimed", assignee: "he" });
    await expect(VERBS[verb]?.(act(lin, id, 1))).rejects.toMatchObject({
      status: 409,
      code: "owned",
      fields: { owner: { id: "he", name: "He" } },
    });
    expect(await stored(id)).toMatchObject({ state: "claimed", assignee: "he", version: 1 });
  });

  test("taking over names the owner of now, not one of before (W3)", async () => {
    const id = await insertCase(harness.pool, { state: "claimed", assignee: "he" });
    await expect(workOnCase("take-over", act(lin, id, 1), { from: "somebody" })).rejects.toMatchObject({
      code: "owned",
    });
    const { timeline, assignee } = await workOnCase("take-over", act(lin, id, 1), { from: "he" });
    expect(assignee).toEqual({ id: "lin", name: "Lin" });
    expect(timeline).toMatchObject([{ kind: "takenOver", body: { owner: "He" } }]);
  });

  test("closing keeps the outcome and frees the user for another case; reopening then says so", async () => {
    const id = await insertCase(harness.pool, { userId: "7" });
    await workOnCase("close", act(lin, id, 1), { outcome: "lost" });
    expect(await stored(id)).toMatchObject({
      outcome: "lost",
      openUserId: null,
      closedAt: new Date(harness.now()),
    });
    await insertCase(harness.pool, { userId: "7" });
    await expect(workOnCase("reopen", act(lin, id, 2))).rejects.toMatchObject({ code: "invalid_input" });
  });

  test.each([
    { moved: "a rise", amount: "900.00", atRisk: "100.00" },
    { moved: "a fall", amount: "700.00", atRisk: "300.00" },
    { moved: "a rise above the anchor", amount: "1200.00", atRisk: "0.00" },
  ])(
    "a reopened case shows today's amount after $moved while it was closed (K8)",
    async ({ amount, atRisk }) => {
      const id = await insertCase(harness.pool, { userId: "7" });
      await workOnCase("close", act(lin, id, 1), { outcome: "lost" });
      await harness.pool.query("INSERT INTO key_user (user_id, raw_premium) VALUES (7, $1)", [amount]);
      const answer = await workOnCase("reopen", act(lin, id, 2));
      expect(answer).toMatchObject({ anchor: "1000.00", amountNow: amount, premiumAtRisk: atRisk });
    },
  );

  test("a reopened case of a customer who is on no list keeps its amount", async () => {
    const id = await insertCase(harness.pool, { userId: "7", state: "closed" });
    const answer = await workOnCase("reopen", act(lin, id, 1));
    expect(answer).toMatchObject({ amountNow: "722.49", premiumAtRisk: "277.51" });
  });

  test("a snooze ends with the next act of a person, and cannot end in the past", async () => {
    const id = await insertCase(harness.pool);
    await expect(
      workOnCase("snooze", act(lin, id, 1), { until: "2026-11-22T03:59:59Z" }),
    ).rejects.toMatchObject({
      fields: { field: "until" },
    });
    await workOnCase("snooze", act(lin, id, 1), { until: "2026-11-23T01:00:00Z" });
    expect(await stored(id)).toMatchObject({ snoozedUntil: new Date("2026-11-23T01:00:00Z") });
    await workOnCase("contact", act(he, id, 2));
    expect(await stored(id)).toMatchObject({ state: "contacted", snoozedUntil: null });
  });
});

describe("a snooze that has come to its end", () => {
  test.each([
    { assignee: null, state: "new" },
    { assignee: "he", state: "claimed" },
  ] as const)("brings the case back as $state, once, and tells the screens", async ({ assignee, state }) => {
    const id = await insertCase(harness.pool, { assignee });
    const until = new Date(harness.now() + 60_000);
    await workOnCase("snooze", act(lin, id, 1), { until: until.toISOString() });
    harness.published.length = 0;
    expect(await wakeCases(harness)).toBe(0);
    harness.setNow(until.getTime());
    expect(await wakeCases(harness)).toBe(1);
    expect(await wakeCases(harness)).toBe(0);
    expect(await stored(id)).toMatchObject({
      state,
      triage: state,
      assignee,
      snoozedUntil: null,
      version: 3,
    });
    expect(harness.published).toMatchObject([{ caseIds: [BigInt(id)] }]);
    const detail = await workOnCase("note", act(lin, id, 3), { text: "seen" });
    expect(detail.timeline.map(({ kind, actor }) => [kind, actor?.name])).toEqual([
      ["noted", "Lin"],
      ["woken", undefined],
      ["snoozed", "Lin"],
    ]);
  });
});

describe("two people at one case", () => {
  test("of fifty people who claim it at once one wins, and forty-nine are told who was faster", async () => {
    const id = await insertCase(harness.pool);
    const people = await Promise.all(Array.from({ length: 50 }, (_, n) => aPerson(harness, `person${n}`)));
    const answers = await Promise.allSettled(people.map((person) => workOnCase("claim", act(person, id, 1))));

    const winners = answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
    const refusals = answers.flatMap((answer) =>
      answer.status === "rejected" ? [answer.reason as Conflict] : [],
    );
    expect(winners).toHaveLength(1);
    const assignee = winners[0]?.assignee;
    for (const refusal of refusals) {
      expect(refusal).toBeInstanceOf(Conflict);
      expect(refusal.message).toContain(`${assignee?.name} was faster`);
      expect(refusal.fields.current).toMatchObject({ id, version: 2, state: "claimed", assignee });
    }
    expect(refusals).toHaveLength(49);
    expect([await harness.db.caseEvent.count(), await harness.db.auditEntry.count()]).toEqual([1, 1]);
    expect(harness.published).toMatchObject([{ caseIds: [BigInt(id)] }]);
  }, 30_000);

  test("positions of commits rise with each verb, and each is in the audit", async () => {
    const id = await insertCase(harness.pool);
    await workOnCase("claim", act(lin, id, 1));
    await workOnCase("note", act(he, id, 2), { text: "away until Friday" });
    const [first = 0, second = 0, ...more] = harness.published.map(({ position }) => position);
    expect([second - first, more]).toEqual([1, []]);
    const audit = await writtenActs(harness.pool);
    expect(audit).toMatchObject([
      { actor: "lin", action: "retention.claimed", subject: `case ${id}`, details: { version: 1 } },
      { actor: "he", action: "retention.noted", subject: `case ${id}`, details: { version: 2 } },
    ]);
    expect(JSON.stringify(audit.map(({ details }) => details))).not.toContain("Friday");
  });

  test.each(["", "x", "-1", "999999999999999999", "99999999999999999999"])(
    "there is no case %j",
    async (id) => {
      await expect(workOnCase("claim", act(lin, id, 1))).rejects.toMatchObject({ status: 404 });
    },
  );
});

test("the stream never overwrites triage, and evidence that joins makes nobody's click fail (K8)", async () => {
  await harness.db.keyUser.create({ data: { userId: 7n, rawPremium: "1000" } });
  const writer = await startTestWriter(harness.url);
  const change = (clock: string, amount: string) =>
    writer.submit(
      batchOf("premium_changes", [
        premiumChange({ gmtModified: at(`11-22 ${clock}`), nowPremium: fen(amount) }),
      ]),
    );
  await change("10:00", "800");
  const { id } = await harness.db.retentionCase.findFirstOrThrow();
  const caseId = String(id);
  await workOnCase("claim", act(lin, caseId, 1));
  await change("10:05", "600");
  expect(await stored(caseId)).toMatchObject({
    triage: "claimed",
    state: "claimed",
    assignee: "lin",
    occurrenceCount: 2,
  });
  await change("10:10", "1100");
  expect(await stored(caseId)).toMatchObject({ triage: "claimed", state: "recovered", mark: "recovered" });
  await workOnCase("close", act(lin, caseId, 2), { outcome: "retained" });
  await change("10:20", "500");
  expect(await stored(caseId)).toMatchObject({
    state: "regressed",
    triage: "new",
    assignee: "lin",
    outcome: "retained",
  });

  await expect(workOnCase("contact", act(lin, caseId, 3))).rejects.toThrow(
    "The stream was faster: the case is regressed now.",
  );
  await writer.stop();
});
