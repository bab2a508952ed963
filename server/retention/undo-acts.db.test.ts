import { describe, expect, test } from "vitest";
import { type GivenCase, insertCase, somebody } from "#testing/factories/case-factory.ts";
import { at, fen, premiumChange } from "#testing/factories/events.ts";
import { writtenActs } from "#testing/harness/audit-log.ts";
import { casesForEachTest } from "#testing/harness/cases.ts";
import { batchOf, startTestWriter } from "#testing/harness/writer-harness.ts";
import type { Actor } from "../access/can.ts";
import type { CaseDetail } from "../contracts/api/retention.ts";
import { CASE_VERBS, type CaseVerbName, UNDO_UNTIL_MS } from "../contracts/cases.ts";
import { undoActs } from "./undo-acts.ts";
import { type Work, workOnCase } from "./work-on-case.ts";

const lin = somebody("lin");
const he = somebody("he");
const harness = casesForEachTest(lin, he);

const work = (caseId: string, version = 1, actor: Actor = lin): Work => ({
  ctx: harness,
  actor,
  caseId,
  version,
});
const TRIAGE = {
  triage: true,
  state: true,
  mark: true,
  assignee: true,
  outcome: true,
  snoozedUntil: true,
  closedAt: true,
  openUserId: true,
  premiumAtRisk: true,
  amountNow: true,
};
const triageOf = (id: string) =>
  harness.db.retentionCase.findUniqueOrThrow({ where: { id: BigInt(id) }, select: TRIAGE });
const entryOf = ({ timeline }: CaseDetail, verb: CaseVerbName): string =>
  timeline.find(({ kind }) => kind === CASE_VERBS[verb].entry)?.id ?? "0";
const undo = (detail: CaseDetail, verb: CaseVerbName, actor: Actor = lin) =>
  undoActs(harness, actor, [{ case: detail.id, entry: entryOf(detail, verb) }]);

const ACTS: Record<string, (work: Work) => Promise<CaseDetail>> = {
  claim: (of) => workOnCase("claim", of),
  "take-over": (of) => workOnCase("take-over", of, { from: "he" }),
  release: (of) => workOnCase("release", of),
  contact: (of) => workOnCase("contact", of),
  snooze: (of) => workOnCase("snooze", of, { until: "2026-11-23T09:00:00+08:00" }),
  close: (of) => workOnCase("close", of, { outcome: "lost", note: "moved abroad" }),
  reopen: (of) => workOnCase("reopen", of),
};

describe("what was decided is undone (W2)", () => {
  test.each<{ verb: CaseVerbName; from: Partial<GivenCase> }>([
    { verb: "claim", from: {} },
    { verb: "claim", from: { state: "recovered" } },
    { verb: "take-over", from: { state: "contacted", assignee: "he" } },
    { verb: "release", from: { state: "claimed", assignee: "lin" } },
    { verb: "contact", from: { state: "regressed" } },
    { verb: "snooze", from: { state: "contacted", assignee: "lin" } },
    { verb: "close", from: { state: "claimed", assignee: "lin" } },
    { verb: "close", from: {} },
    { verb: "reopen", from: { state: "closed", assignee: "he" } },
  ])(
    "$verb on $from: all of triage stands as before, and the timeline keeps both lines",
    async ({ verb, from }) => {
      const id = await insertCase(harness.pool, from);
      const before = await triageOf(id);
      const detail = await ACTS[verb]?.(work(id));
      if (!detail) throw new Error(`no ${verb}`);
      expect(await triageOf(id)).not.toEqual(before);
      harness.setNow(harness.now() + UNDO_UNTIL_MS);
      harness.published.length = 0;

      const { items } = await undo(detail, verb);
      expect(items).toMatchObject([{ refused: null, by: null, case: { id, version: 3 } }]);
      expect(await triageOf(id)).toEqual(before);
      const kinds = await harness.db.caseEvent.findMany({ orderBy: { id: "asc" } });
      expect(kinds.map(({ kind, body }) => [kind, body])).toMatchObject([
        [CASE_VERBS[verb].entry, {}],
        ["undone", { act: CASE_VERBS[verb].entry }],
      ]);
      expect(harness.published).toMatchObject([{ caseIds: [BigInt(id)] }]);
      expect(await writtenActs(harness.pool)).toMatchObject([
        { action: `retention.${CASE_VERBS[verb].entry}` },
        { action: "retention.undone", actor: "lin", subject: `case ${id}` },
      ]);
    },
  );

  test("a snooze comes back with its time, and an anchor that a close has let go (K5)", async () => {
    const id = await insertCase(harness.pool, { userId: "7" });
    await harness.db.keyUser.create({ data: { userId: 7n, rawPremium: "722.49", anchor: "1000.00" } });
    await workOnCase("snooze", work(id), { until: "2026-11-23T01:00:00Z" });
    const closed = await workOnCase("close", work(id, 2), { outcome: "lost" });
    await undo(closed, "close");
    expect(await triageOf(id)).toMatchObject({
      state: "snoozed",
      snoozedUntil: new Date("2026-11-23T01:00:00Z"),
      outcome: null,
      openUserId: 7n,
    });
    const { rows } = await harness.pool.query("SELECT anchor FROM key_user WHERE user_id = 7");
    expect(rows).toEqual([{ anchor: "1000.00" }]);
  });

  test("many at once: each by itself, what cannot be undone is named and does not hold up the others", async () => {
    const [one, other] = [await insertCase(harness.pool), await insertCase(harness.pool, { userId: "8" })];
    const details = [await ACTS.claim?.(work(one)), await ACTS.claim?.(work(other))] as CaseDetail[];
    await workOnCase("contact", work(one, 2, he));
    const { items } = await undoActs(
      harness,
      lin,
      details.map((detail) => ({ case: detail.id, entry: entryOf(detail, "claim") })),
    );
    expect(items).toMatchObject([
      { refused: "acted_since", by: { id: "he", name: "He" }, case: { id: one, state: "contacted" } },
      { refused: null, by: null, case: { id: other, state: "new", assignee: null } },
    ]);
  });
});

test("an id with zeros before it is the same case, in its answer as well (W2)", async () => {
  const detail = await workOnCase("claim", work(await insertCase(harness.pool)));
  const acts = [{ case: `00${detail.id}`, entry: entryOf(detail, "claim") }];
  const { items } = await undoActs(harness, lin, acts);
  expect(items).toMatchObject([{ refused: null, case: { id: detail.id, state: "new" } }]);
});

test("the premium at risk is that of the amount now, where it moved without an entry (W2)", async () => {
  const id = await insertCase(harness.pool, { state: "recovered" });
  const detail = await workOnCase("claim", work(id));
  await harness.pool.query(
    "UPDATE retention_case SET amount_now = 700, premium_at_risk = 22.49 WHERE id = $1",
    [id],
  );
  const { items } = await undo(detail, "claim");
  expect(items).toMatchObject([{ case: { state: "recovered", amountNow: "700.00", premiumAtRisk: "0.00" } }]);
});

describe("what is left as it is (W2)", () => {
  test("after the time is over", async () => {
    const detail = await workOnCase("claim", work(await insertCase(harness.pool)));
    harness.setNow(harness.now() + UNDO_UNTIL_MS + 1);
    expect((await undo(detail, "claim")).items).toMatchObject([
      { refused: "too_late", case: { state: "claimed" } },
    ]);
  });

  test("what another has done, a note, and what the stream does", async () => {
    const id = await insertCase(harness.pool);
    const claimed = await workOnCase("claim", work(id));
    expect((await undo(claimed, "claim", he)).items).toMatchObject([{ refused: "not_yours" }]);
    const noted = await workOnCase("note", work(id), { text: "calls back" });
    expect((await undo(noted, "note")).items).toMatchObject([{ refused: "not_yours" }]);
    expect((await undoActs(harness, lin, [{ case: id, entry: "999" }])).items).toMatchObject([
      { refused: "not_yours" },
    ]);
  });

  test("a second undo, and an act before one's own last", async () => {
    const id = await insertCase(harness.pool);
    const claimed = await workOnCase("claim", work(id));
    const contacted = await workOnCase("contact", work(id, 2));
    expect((await undo(claimed, "claim")).items).toMatchObject([
      { refused: "acted_since", by: { id: "lin" } },
    ]);
    expect((await undo(contacted, "contact")).items).toMatchObject([{ refused: null }]);
    expect((await undo(contacted, "contact")).items).toMatchObject([{ refused: "acted_since" }]);
  });

  test("a note of somebody else in between is in nobody's way", async () => {
    const id = await insertCase(harness.pool);
    const claimed = await workOnCase("claim", work(id));
    await workOnCase("note", work(id, 2, he), { text: "on holiday" });
    expect((await undo(claimed, "claim")).items).toMatchObject([{ refused: null, case: { state: "new" } }]);
  });

  test("a close, where the customer has another open case by now (K8)", async () => {
    const id = await insertCase(harness.pool, { userId: "7" });
    const closed = await workOnCase("close", work(id), { outcome: "duplicate" });
    await insertCase(harness.pool, { userId: "7" });
    expect((await undo(closed, "close")).items).toMatchObject([
      { refused: "other_case", case: { state: "closed" } },
    ]);
  });

  test("nothing at all, where one of the cases does not exist", async () => {
    const detail = await workOnCase("claim", work(await insertCase(harness.pool)));
    const acts = [
      { case: detail.id, entry: entryOf(detail, "claim") },
      { case: "999999", entry: "1" },
    ];
    await expect(undoActs(harness, lin, acts)).rejects.toMatchObject({ status: 404 });
    expect(await triageOf(detail.id)).toMatchObject({ state: "claimed" });
  });
});

test("what the stream did meanwhile stays (W2)", async () => {
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

  const claimed = await workOnCase("claim", work(caseId));
  await change("10:05", "1100"); // recovered
  expect((await undo(claimed, "claim")).items).toMatchObject([
    { refused: null, case: { state: "recovered", assignee: null, premiumAtRisk: "0.00" } },
  ]);

  const closed = await workOnCase("close", work(caseId, 3), { outcome: "retained" });
  await change("10:20", "500"); // regressed: open again
  expect((await undo(closed, "close")).items).toMatchObject([
    { refused: null, case: { state: "regressed", outcome: null, assignee: null } },
  ]);

  const again = await workOnCase("close", work(caseId, 6), { outcome: "lost" });
  const reopened = await workOnCase("reopen", work(caseId, again.version));
  await change("10:30", "300"); // new evidence
  expect((await undo(reopened, "reopen")).items).toMatchObject([
    { refused: "moved_since", case: { state: "claimed", amountNow: "300.00" } },
  ]);
  await writer.stop();
});
