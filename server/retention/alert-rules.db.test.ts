import { afterAll, beforeAll, expect, test } from "vitest";
import { aPerson, openTestDesk, type TestDesk } from "#testing/factories/case-factory.ts";
import { at, fen, premiumChange } from "#testing/factories/events.ts";
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
let desk: TestDesk;
let ada: Actor;

beforeAll(async () => {
  server = await startTestServer();
  url = await server.freshDatabase();
  desk = await openTestDesk(url);
  ada = await aPerson(desk, "ada", "administrator");
}, 60_000);
afterAll(async () => {
  await desk?.close();
  await server?.stop();
}, 60_000);

test("new thresholds are the next version, and judge the events after them (K4, K5, K7)", async () => {
  const answer = await changeAlertRules(desk, ada, 1, { stepPercent: "12", reason: "too many were missed" });
  expect(answer).toMatchObject({
    version: 2,
    stepPercent: "12.00",
    cumulativePercent: "15.00",
    createdBy: { id: "ada", name: "Ada" },
    reason: "too many were missed",
  });
  await desk.db.keyUser.create({ data: { userId: 7n, rawPremium: "1000" } });
  const writer = await startTestWriter(url);
  const event = premiumChange({ userId: "7", nowPremium: fen("870"), gmtModified: at("11-22 10:00") });
  await writer.submit(batchOf("premium_changes", [event]));
  await writer.stop();
  const { rows } = await desk.pool.query("SELECT rules, rule_version FROM occurrence");
  expect(rows).toEqual([{ rules: ["step"], rule_version: 2 }]);
  const { items } = await alertRules(desk, { limit: 10 });
  expect(items.map(({ version }) => version)).toEqual([2, 1]);
  expect(items[1]).toMatchObject({ stepPercent: "15.00", createdBy: null });
});

test("of ten who change what they saw one does, and nine are shown what stands", async () => {
  const [standing] = (await alertRules(desk, { limit: 1 })).items;
  const version = standing?.version ?? 0;
  const tries = Array.from({ length: 10 }, (_, index) =>
    changeAlertRules(desk, ada, version, { cumulativePercent: String(20 + index), reason: "x" }),
  );
  const answers = await Promise.allSettled(tries);
  expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const answer of answers) {
    if (answer.status === "rejected") expect(answer.reason).toBeInstanceOf(Conflict);
  }
  await expect(changeAlertRules(desk, ada, version, { stepPercent: "9", reason: "x" })).rejects.toMatchObject(
    {
      status: 409,
      fields: { current: { version: version + 1 } },
    },
  );
});

test("what changes nothing is no version", async () => {
  const [standing] = (await alertRules(desk, { limit: 1 })).items;
  await expect(
    changeAlertRules(desk, ada, standing?.version ?? 0, { stepPercent: standing?.stepPercent, reason: "x" }),
  ).rejects.toThrow("in force already");
});

test.each([["100"], ["-1"], ["15.001"], ["abc"], [""], [1e3]])("%j is no percentage", (stepPercent) => {
  expect(alertRulesPatch.safeParse({ stepPercent, reason: "x" }).success).toBe(false);
});

test("a dead delivery is sent again once, under the same key, and the audit names who asked (K9)", async () => {
  await desk.pool.query(
    "INSERT INTO delivery (outbox_id, channel, next_attempt_at) SELECT id, 'webhook', now() FROM outbox",
  );
  const [waiting] = (await deliveries(desk, { limit: 10 })).items;
  const id = waiting?.id ?? "";
  expect(waiting).toMatchObject({ kind: "opened", userId: "7", channel: "webhook", state: "pending" });
  await expect(sendAgain(desk, ada, id)).rejects.toThrow(Conflict);
  await desk.pool.query("UPDATE delivery SET state = 'dead', attempts = 30, last_error = 'answered 500'");
  expect((await deliveries(desk, { limit: 10, state: "dead" })).items).toMatchObject([
    { id, attempts: 30, lastError: "answered 500", nextAttemptAt: null },
  ]);
  expect(await sendAgain(desk, ada, id)).toMatchObject({ key: waiting?.key, state: "pending", attempts: 0 });
  await expect(sendAgain(desk, ada, "999")).rejects.toMatchObject({ status: 404 });
  const audit = await desk.db.auditEntry.findFirst({ where: { action: "deliveries.send-again" } });
  expect(audit).toMatchObject({ actor: "ada", subject: `delivery ${id}` });
});
