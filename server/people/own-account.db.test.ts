import { describe, expect, test } from "vitest";
import { makeTestPerson, TEST_PASSWORD } from "#testing/factories/people.ts";
import { secondFactorsOf } from "#testing/harness/second-factors.ts";
import { cookiesOf, SECRET, signInsForEachTest } from "#testing/harness/sign-ins.ts";
import { ownAccount as schema } from "../contracts/api/me.ts";
import { chooseTold } from "./choose-told.ts";
import { ownAccount, type Self } from "./own-account.ts";
import { endOtherSessions, endOwnSession, renameSelf } from "./own-acts.ts";

const harness = signInsForEachTest();
const { enrol, challenge, giveRecoveryCode } = secondFactorsOf(harness);
const db = () => harness.database.db;
const self = (sessionId = "here"): Self => ({ id: harness.lin, role: "manager", sessionId });

/** A session, without the work of signing in. */
async function makeSession(id: string, userId = harness.lin): Promise<void> {
  const expiresAt = new Date(Date.now() + 60_000);
  const userAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0";
  await db().session.create({
    data: { id, token: id, userId, expiresAt, userAgent, ipAddress: "203.0.113.9" },
  });
}
const sessions = async () => (await db().session.findMany({ orderBy: { id: "asc" } })).map(({ id }) => id);
const account = (rule: "all" | "none" = "none") =>
  ownAccount({ db: db(), secret: SECRET, rule, canMail: true, now: new Date() }, self());

describe("one's own account", () => {
  test("tells one's sessions by device and address, and nobody else's", async () => {
    const other = await makeTestPerson(db(), { email: "he@example.test", name: "He Min" });
    await makeSession("here");
    await makeSession("theirs", other);
    const found = schema.parse(await account("all"));
    expect(found.sessions).toMatchObject([
      { id: "here", isYours: true, browser: "Firefox", system: "Linux", address: "203.0.113.9" },
    ]);
    expect(found.secondFactor).toEqual({ isAsked: true, enrolledAt: null, recoveryCodesLeft: null });
    expect(JSON.stringify(found)).not.toContain("token");
  });

  test("tells since when there is a second factor, and how many recovery codes are left", async () => {
    const { recoveryCodes } = await enrol();
    await giveRecoveryCode(await challenge(), recoveryCodes[0] ?? "");
    expect((await account()).secondFactor).toEqual({
      isAsked: false,
      enrolledAt: expect.any(String),
      recoveryCodesLeft: 9,
    });
  });

  test("ends one of one's own sessions, and nobody else's", async () => {
    const other = await makeTestPerson(db(), { email: "he@example.test", name: "He Min" });
    for (const id of ["here", "there"]) await makeSession(id);
    await makeSession("theirs", other);
    await endOwnSession(db(), self(), "there");
    for (const id of ["there", "theirs", "no such"]) {
      await expect(endOwnSession(db(), self(), id)).rejects.toMatchObject({ status: 404 });
    }
    expect(await sessions()).toEqual(["here", "theirs"]);
    expect((await harness.acts()).map(({ action, details }) => [action, details])).toEqual([
      ["person.end-session", { sessions: 1 }],
    ]);
  });

  test("ends all others at once, and this one stays", async () => {
    for (const id of ["a", "b", "here"]) await makeSession(id);
    expect(await endOtherSessions(db(), self())).toBe(2);
    expect(await endOtherSessions(db(), self())).toBe(0);
    expect(await sessions()).toEqual(["here"]);
    expect(await harness.acts()).toHaveLength(1);
  });

  test("has a name that is nobody else's, in whatever case, and may be written otherwise", async () => {
    await makeTestPerson(db(), { email: "he@example.test", name: "He Min" });
    await expect(renameSelf(db(), self(), "HE  min")).rejects.toMatchObject({ fields: { field: "name" } });
    await expect(renameSelf(db(), self(), "\u202e")).rejects.toMatchObject({ fields: { field: "name" } });
    await renameSelf(db(), self(), " LIN  Wei ");
    expect((await account()).name).toBe("LIN Wei");
    const acts = await harness.acts();
    expect(acts.map(({ action }) => action)).toEqual(["person.rename"]);
    expect(JSON.stringify(acts)).not.toMatch(/wei/i);
  });

  test("one chooses of what one is told, within what one's role may be told of", async () => {
    const kinds = async () => (await account()).told.kinds;
    expect(await kinds()).toEqual([
      { kind: "alert", isOn: false },
      { kind: "taken_over", isOn: false },
      { kind: "sign_in", isOn: true },
    ]);
    await chooseTold(db(), self(), { alert: true });
    await chooseTold(db(), self(), { sign_in: false });
    await chooseTold(db(), self(), { alert: true });
    expect(await kinds()).toMatchObject([{ isOn: true }, { isOn: false }, { isOn: false }]);
    await expect(chooseTold(db(), self(), { proposal: true })).rejects.toMatchObject({
      fields: { field: "told" },
    });
    expect((await harness.acts()).map(({ action, details }) => [action, details])).toEqual([
      ["person.choose-told", { alert: true }],
      ["person.choose-told", { sign_in: false }],
    ]);
  });

  test("a sign-in from a new browser and another password leave notices to whose they are", async () => {
    await harness.signIn(); // the first one of all is no news
    await db().notice.deleteMany();
    const cookie = cookiesOf(await harness.signIn());
    const body = { currentPassword: TEST_PASSWORD, newPassword: "quite another long phrase" };
    expect((await harness.call("/change-password", body, { cookie })).status).toBe(200);
    const notices = await db().notice.findMany({ orderBy: { id: "asc" } });
    expect(notices).toMatchObject([
      { kind: "session.sign-in", receivers: [harness.lin], payload: { address: "203.0.113.1" } },
      { kind: "person.change-password", receivers: [harness.lin] },
    ]);
  });

  test("whoever turns the warnings off is told that once more; the first sign-in of all is no news", async () => {
    await db().notice.deleteMany();
    await harness.signIn();
    expect(await db().notice.count()).toBe(0);
    await chooseTold(db(), self(), { alert: true });
    await chooseTold(db(), self(), { sign_in: false });
    expect(await db().notice.findMany()).toMatchObject([
      { kind: "person.choose-told", receivers: [harness.lin] },
    ]);
  });
});
