import { afterAll, beforeAll, expect, test } from "vitest";
import { aPerson, type CaseHarness, openCaseHarness } from "#testing/factories/case-factory.ts";
import { at, fen, premiumChange } from "#testing/factories/events.ts";
import { writtenActs } from "#testing/harness/audit-log.ts";
import {
  batchOf,
  startTestServer,
  startTestWriter,
  type TestServer,
} from "#testing/harness/writer-harness.ts";
import type { Actor } from "../access/can.ts";
import { alertRulesPatch } from "../contracts/api/alert-rules.ts";
import { Conflict } from "../lib/errors.ts";
import { deliveries } from "../notifications/deliveries.ts";
import { sendAgain } from "../notifications/send-again.ts";
import { changeAlertRules } from "./change-alert-rules.ts";
import { alertRules } from "./read-alert-rules.ts";

let server: TestServer;
let url: string;
let harness: CaseHarness;
let ada: Actor;

beforeAll(async () => {
  server = await startTestServer();
  url = await server.freshDatabase();
  harness = await openCaseHarness(url);
  ada = await aPerson(harness, "ada", "administrator");
}, 60_000);
afterAll(async () => {
  await harness?.close();
  await server?.stop();
}, 60_000);

test("new thresholds are the next version, and judge the events after them (K4, K5, K7)", async () => {
  const answer = await changeAlertRules(harness, ada, 1, {
    stepPercent: "12",
    reason: "too many were missed",
  });
  expect(answer).toMatchObject({
    version: 2,
    stepPercent: "12.00",
    cumulativePercent: "15.00",
    createdBy: { id: "ada", name: "Ada" },
    reason: "too many were missed",
  });
  await harness.db.keyUser.create({ data: { userId: 7n, rawPremium: "1000" } });
  const writer = await startTestWriter(url);
  const event = premiumChange({ userId: "7", nowPremium: fen("870"), gmtModified: at("11-22 10:00") });
  await writer.submit(batchOf("premium_changes", [event]));
  await writer.stop();
  const { rows } = await harness.pool.query("SELECT rules, rule_version FROM occurrence");
  expect(rows).toEqual([{ rules: ["step"], rule_version: 2 }]);
  const { items } = await alertRules(harness, { limit: 10 });
  expect(items.map(({ version }) => version)).toEqual([2, 1]);
  expect(items[1]).toMatchObject({ stepPercent: "15.00", createdBy: null });
});

test("of ten who change what they saw one does, and nine are shown what stands", async () => {
  const [current] = (await alertRules(harness, { limit: 1 })).items;
  const version = current?.version ?? 0;
  const tries = Array.from({ length: 10 }, (_, index) =>
    changeAlertRules(harness, ada, version, { cumulativePercent: String(20 + index), reason: "x" }),
  );
  const answers = await Promise.allSettled(tries);
  expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const answer of answers) {
    if (answer.status === "rejected") expect(answer.reason).toBeInstanceOf(Conflict);
  }
  await expect(
    changeAlertRules(harness, ada, version, { stepPercent: "9", reason: "x" }),
  ).rejects.toMatchObject({
    status: 409,
    fields: { current: { version: version + 1 } },
  });
});

test("what changes nothing is no version", async () => {
  const [current] = (await alertRules(harness, { limit: 1 })).items;
  await expect(
    changeAlertRules(harness, ada, current?.version ?? 0, { stepPercent: current?.stepPercent, reason: "x" }),
  ).rejects.toThrow("in force already");
});

test.each([["100"], ["-1"], ["15.001"], ["abc"], [""], [1e3]])("%j is no percentage", (stepPercent) => {
  expect(alertRulesPatch.safeParse({ stepPercent, reason: "x" }).success).toBe(false);
});

test("a dead delivery is sent again once, under the same key, and the audit names who asked (K9)", async () => {
  await harness.pool.query(
    "INSERT INTO delivery (outbox_id, channel, next_attempt_at) SELECT id, 'webhook', now() FROM outbox",
  );
  const [waiting] = (await deliveries(harness, ada, { limit: 10 })).items;
  const id = waiting?.id ?? "";
  expect(waiting).toMatchObject({ kind: "opened", userId: "7", channel: "webhook", state: "pending" });
  await expect(sendAgain(harness, ada, id)).rejects.toThrow(Conflict);
  await harness.pool.query("UPDATE delivery SET state = 'dead', attempts = 30, last_error = 'answered 500'");
  expect((await deliveries(harness, ada, { limit: 10, state: "dead" })).items).toMatchObject([
    { id, attempts: 30, lastError: "answered 500", nextAttemptAt: null },
  ]);
  expect(await sendAgain(harness, ada, id)).toMatchObject({
    key: waiting?.key,
    state: "pending",
    attempts: 0,
  });
  await expect(sendAgain(harness, ada, "999")).rejects.toMatchObject({ status: 404 });
  const audit = await writtenActs(harness.pool);
  expect(audit.at(-1)).toMatchObject({
    actor: "ada",
    action: "deliveries.send-again",
    subject: `delivery ${id}`,
  });
});
