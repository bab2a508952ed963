import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { insertCase, somebody, type TestActor } from "#testing/factories/case-factory.ts";
import { aNotice } from "#testing/factories/notices.ts";
import { casesForEachTest } from "#testing/harness/cases.ts";
import { type MailServer, startMailServer } from "#testing/harness/mail-server.ts";
import { parseConfig } from "../config/config.ts";
import type { ToldChoices } from "../contracts/told.ts";
import { recordAct } from "../db/audit.ts";
import { createLog } from "../lib/log.ts";
import { confirm } from "../proposals/decide.ts";
import { proposeAlertRules } from "../retention/change-alert-rules.ts";
import { workOnCase } from "../retention/work-on-case.ts";
import { CHANNELS } from "./channels.ts";
import { deliveries } from "./deliveries.ts";
import { Notifier } from "./notifier.ts";
import { openPersonalMail } from "./personal-mail.ts";

const ada = somebody("ada", "administrator");
const bo = somebody("bo", "administrator");
const lin = somebody("lin");
const he = somebody("he");
const harness = casesForEachTest(ada, bo, lin, he);

let mail: MailServer;
let verdict: string;

beforeEach(async () => {
  verdict = "250 taken";
  mail = await startMailServer(() => verdict);
  await harness.db.user.updateMany({ data: { told: {}, segments: [], disabledAt: null } });
});
afterEach(() => mail.close());

const choose = (who: TestActor, told: ToldChoices) =>
  harness.db.user.update({ where: { id: who.id }, data: { told } });

/** Routes and sends once, as a server with this environment does. */
async function pass(environment: Record<string, string> = {}): Promise<void> {
  const server = { NOTIFY_SMTP_URL: mail.url, NOTIFY_EMAIL_FROM: "tidewatch@example.com" };
  const config = parseConfig({ ...server, PUBLIC_URL: "https://tidewatch.test", ...environment }, CHANNELS);
  await notifierWith(openPersonalMail(harness, config)).pass();
}

const notifierWith = (personal: ReturnType<typeof openPersonalMail>) =>
  new Notifier({
    pool: harness.pool,
    channels: async () => [],
    personal: async () => personal,
    now: harness.now,
    random: () => 1,
    log: createLog("silent"),
  });

const receivers = () =>
  mail.said.flatMap((line) => /^RCPT TO:<(.+)@example\.test>$/.exec(line)?.[1] ?? []).sort();
const waiting = async () => (await deliveries(harness, ada, { limit: 10 })).items;

describe("an alert", () => {
  async function alert(segment = "gold"): Promise<void> {
    await harness.pool.query("INSERT INTO key_user (user_id, raw_premium, segment) VALUES (7, 1000, $1)", [
      segment,
    ]);
    const caseId = await insertCase(harness.pool, { userId: "7" });
    const { key, kind, caseId: _, createdAt, ...payload } = aNotice();
    await harness.pool.query(
      "INSERT INTO outbox (delivery_key, kind, case_id, payload, created_at) VALUES ($1, $2, $3, $4, $5)",
      [key, kind, caseId, payload, createdAt],
    );
  }

  test("is told to whoever chose so and sees the customer, once, under a key of its own", async () => {
    await choose(lin, { alert: true });
    await choose(he, { alert: true });
    await choose(ada, { alert: true });
    await harness.db.user.update({ where: { id: he.id }, data: { segments: ["silver"] } });
    await alert();
    await pass();
    await pass();
    expect(receivers()).toEqual(["ada", "lin"]);
    expect(mail.mails().some((each) => each.includes("Message-ID: <alert_1.lin@tidewatch>"))).toBe(true);
    expect(mail.mails()[0]).toContain("Subject: New case: customer 7, CNY 277.51 at risk");
  });

  test("is not told once more to whom the e-mail channel tells all", async () => {
    await choose(lin, { alert: true });
    await alert();
    await pass({ NOTIFY_EMAIL_TO: "lin@example.test" });
    expect(mail.said).toEqual([]);
  });

  test("rights are asked when it is sent: a scope given since, a person disabled since", async () => {
    await choose(lin, { alert: true });
    await choose(he, { alert: true });
    await alert();
    verdict = "451 later";
    await pass();
    expect(await waiting()).toMatchObject([
      { state: "pending", channel: "personal", userId: "7", lastError: expect.stringContaining("451") },
      { state: "pending" },
    ]);
    verdict = "250 taken";
    mail.said.length = 0;
    await harness.db.user.update({ where: { id: lin.id }, data: { segments: ["silver"] } });
    await harness.db.user.update({ where: { id: he.id }, data: { disabledAt: new Date() } });
    harness.setNow(harness.now() + 60_000);
    await pass();
    expect(mail.said).toEqual([]);
    expect(await waiting()).toEqual([]);
  });
});

describe("a case", () => {
  const work = (actor: TestActor, caseId: string) => ({ ctx: harness, actor, caseId, version: 1 });

  test("that was taken over is told to whose it was", async () => {
    await choose(lin, { taken_over: true });
    await choose(he, { taken_over: true });
    const caseId = await insertCase(harness.pool, { userId: "7", state: "claimed", assignee: "lin" });
    await workOnCase("take-over", work(he, caseId), { from: "lin" });
    await pass();
    expect(receivers()).toEqual(["lin"]);
    const [told = ""] = mail.mails();
    expect(told).toContain("He took over your case of customer 7.");
    expect(told).toContain(`https://tidewatch.test/retention/${caseId}`);
  });

  test("that one closes oneself is told to nobody, and one that somebody else closes is", async () => {
    await choose(lin, { taken_over: true });
    const own = await insertCase(harness.pool, { userId: "7", state: "claimed", assignee: "lin" });
    await workOnCase("close", work(lin, own), { outcome: "lost" });
    const hers = await insertCase(harness.pool, { userId: "8", state: "claimed", assignee: "lin" });
    await workOnCase("close", work(ada, hers), { outcome: "lost", from: "lin" });
    await pass();
    expect(mail.mails()).toHaveLength(1);
    expect(mail.mails()[0]).toContain("Ada closed your case of customer 8.");
  });
});

test("a proposal is told to the other administrators who chose so, and what became of it to its proposer", async () => {
  await choose(ada, { proposal: true });
  await choose(bo, { proposal: true });
  await choose(lin, { proposal: true });
  const patch = { stepPercent: "20", reason: "too many alerts" };
  const { proposal } = await proposeAlertRules(harness, ada, 1, patch);
  await pass();
  expect(receivers()).toEqual(["bo"]);
  expect(mail.mails()[0]).toContain("Ada proposed other thresholds.");
  mail.said.length = 0;
  await confirm(harness, proposal.id, { actor: bo, reason: null });
  await pass();
  expect(receivers()).toEqual(["ada"]);
  await harness.pool.query("DELETE FROM alert_rule WHERE version > 1");
});

describe("one's own account", () => {
  const signIn = (isKnownBrowser: boolean) =>
    recordAct(harness.pool, {
      actor: "lin",
      action: "session.sign-in",
      subject: "person lin",
      details: { isKnownBrowser },
      address: "203.0.113.9",
    });

  test("a sign-in from a new browser is told to whoever has chosen nothing, one from a known browser is not", async () => {
    await signIn(true);
    await signIn(false);
    await pass();
    expect(receivers()).toEqual(["lin"]);
    expect(mail.mails()[0]).toContain("From: 203.0.113.9");
  });

  test("is told neither to who chose otherwise nor where no mail server is set, then or later", async () => {
    await choose(lin, { sign_in: false });
    await signIn(false);
    await pass();
    await choose(lin, {});
    await signIn(false);
    await notifierWith(null).pass();
    await pass();
    expect(mail.said).toEqual([]);
    expect(await waiting()).toEqual([]);
  });

  test("who sees no people does not see whom deliveries are for, nor what was done", async () => {
    await signIn(false);
    await pass();
    const seenBy = async (who: TestActor) => (await deliveries(harness, who, { limit: 10 })).items;
    const item = { kind: "sign_in", channel: "personal", caseId: null, userId: null, state: "delivered" };
    expect(await seenBy(ada)).toMatchObject([{ ...item, person: { id: "lin", name: "Lin" } }]);
    expect(await seenBy(somebody("op", "operations"))).toMatchObject([{ ...item, person: null }]);
  });
});
