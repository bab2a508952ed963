/** @module-tag slow */
import { describe, expect, test } from "vitest";
import { performVerb } from "#server/people/person-verbs.ts";
import { resetPassword } from "#server/people/reset-password.ts";
import { TEST_PASSWORD } from "#testing/factories/people.ts";
import { secondFactorsOf } from "#testing/harness/second-factors.ts";
import { cookiesOf, LIN, signInsForEachTest } from "#testing/harness/sign-ins.ts";
import { rightsOf } from "../can.ts";
import { livingKey, livingSessions } from "../living-sessions.ts";

const NEW_PASSWORD = "quite another long password";
const ACT = { by: "cli:tester", reason: "a test" };

const harness = signInsForEachTest();
const { post, begin, enrol, challenge, giveCode, giveRecoveryCode, forgetSteps } = secondFactorsOf(harness);

async function personOf(cookie: string) {
  const actor = await harness.whoAsks(new Headers({ cookie }));
  return actor?.kind === "person" ? actor : null;
}
const factorOf = async (cookie: string) => (await personOf(cookie))?.secondFactor ?? null;
const reasonOf = async (response: Response) => [
  response.status,
  ((await response.json()) as { reason?: string; code?: string }).reason ?? null,
];

describe("a session", () => {
  test("without the factor that is asked may nothing but be told who it is; a code gives it all", async () => {
    harness.ask("all");
    const cookie = cookiesOf(await harness.signIn());
    const owing = await personOf(cookie);
    expect(owing?.secondFactor).toBe("needed");
    expect(owing && rightsOf(owing)).toEqual(["session.read"]);
    const { cookie: enrolled } = await enrol(cookie);
    expect(await factorOf(enrolled)).toBe("given");
    expect((await personOf(enrolled)) && rightsOf((await personOf(enrolled)) as never)).toContain(
      "retention.work",
    );
  });

  test("of somebody of whom none is asked has none, and one that they enrol is asked from then on", async () => {
    const before = cookiesOf(await harness.signIn());
    expect(await factorOf(before)).toBe("none");
    const { app } = await enrol();
    const asked = await harness.signIn();
    expect(await asked.json()).toMatchObject({ twoFactorRedirect: true });
    expect(await factorOf(cookiesOf(asked))).toBeNull();
    const signedIn = await giveCode(cookiesOf(asked), app.code(1));
    expect(signedIn.status).toBe(200);
    expect(await factorOf(cookiesOf(signedIn))).toBe("given");
  });

  test("that was there before ends when the factor is enrolled, and its sockets with it", async () => {
    const [here, there] = [cookiesOf(await harness.signIn()), cookiesOf(await harness.signIn())];
    const other = await personOf(there);
    const key = livingKey(other?.sessionId ?? "", "manager");
    expect(await livingSessions(harness.database.pool, [key])).toEqual(new Set([key]));
    await enrol(here);
    expect([await factorOf(here), await factorOf(there)]).toEqual([null, null]);
    expect(await livingSessions(harness.database.pool, [key])).toEqual(new Set());
  });

  test("keeps its factor when the password is changed in it", async () => {
    const { cookie } = await enrol();
    const body = { currentPassword: TEST_PASSWORD, newPassword: NEW_PASSWORD };
    const changed = await harness.call("/change-password", body, { cookie });
    expect(await factorOf(cookiesOf(changed))).toBe("given");
  });

  test("that was made without one owes it as soon as its person has enrolled", async () => {
    const { lin, database } = harness;
    const cookie = cookiesOf(await harness.signIn());
    await database.db.user.update({ where: { id: lin }, data: { twoFactorEnabled: true } });
    expect(await factorOf(cookie)).toBe("needed");
  });
});

describe("a session that was begun without the factor of its person", () => {
  /** As by a way in that asks for no code. */
  const withoutFactor = () => harness.database.db.session.updateMany({ data: { secondFactorAt: null } });

  test("is given it by a code, and by no wrong or spent one", async () => {
    const { app, cookie } = await enrol();
    await withoutFactor();
    expect(await factorOf(cookie)).toBe("needed");
    expect(await reasonOf(await giveCode(cookie, app.wrongCode()))).toEqual([400, "wrong"]);
    expect(await reasonOf(await giveCode(cookie, app.code()))).toEqual([400, "used"]);
    expect(await factorOf(cookie)).toBe("needed");
    expect((await giveCode(cookie, app.code(1))).status).toBe(200);
    expect(await factorOf(cookie)).toBe("given");
    expect((await harness.acts()).at(-1)).toMatchObject({ action: "second-factor.give" });
  });

  test("is given it by a recovery code, once", async () => {
    const { recoveryCodes, cookie } = await enrol();
    const [code = ""] = recoveryCodes;
    await withoutFactor();
    expect((await giveRecoveryCode(cookie, code)).status).toBe(200);
    expect(await factorOf(cookie)).toBe("given");
    await withoutFactor();
    expect(await reasonOf(await giveRecoveryCode(cookie, code))).toEqual([400, "wrong"]);
  });
});

describe("enrolling", () => {
  test("asks for the password, and counts only once a code has confirmed it", async () => {
    const cookie = cookiesOf(await harness.signIn());
    expect((await post("enable", { password: "not hers" }, { cookie })).status).toBe(400);
    const first = await begin(cookie);
    expect(await (await harness.signIn()).json()).not.toHaveProperty("twoFactorRedirect");
    const second = await begin(cookie);
    expect(await reasonOf(await giveCode(cookie, first.app.code()))).toEqual([400, "wrong"]);
    expect((await giveCode(cookie, second.app.code())).status).toBe(200);
    expect(await (await harness.signIn()).json()).toHaveProperty("twoFactorRedirect");
  });

  test("is nobody's who is not signed in, and not twice", async () => {
    expect((await post("enable", { password: TEST_PASSWORD })).status).toBe(401);
    const { cookie, recoveryCodes } = await enrol();
    expect((await post("enable", { password: TEST_PASSWORD }, { cookie })).status).toBe(409);
    expect((await giveRecoveryCode(cookie, recoveryCodes[0] ?? "")).status).toBe(409);
  });

  test("leaves nothing in the database that a reader could use", async () => {
    const cookie = cookiesOf(await harness.signIn());
    const { totpURI, recoveryCodes } = await begin(cookie);
    const rows = JSON.stringify(await harness.database.db.twoFactor.findMany());
    const secret = new URL(totpURI).searchParams.get("secret") ?? "";
    expect(secret.length).toBeGreaterThan(30);
    for (const told of [secret, Buffer.from(secret).toString("base64"), ...recoveryCodes]) {
      expect(rows).not.toContain(told);
    }
  });
});

describe("a code", () => {
  test("is taken once, and none of before after it", async () => {
    const { app } = await enrol();
    const spent = app.code(); // it has confirmed the factor
    expect(await reasonOf(await giveCode(await challenge(), spent))).toEqual([400, "used"]);
    const next = app.code(1);
    expect((await giveCode(await challenge(), next)).status).toBe(200);
    const again = await challenge();
    expect(await reasonOf(await giveCode(again, next))).toEqual([400, "used"]);
    expect(await reasonOf(await giveCode(again, app.code()))).toEqual([400, "used"]);
  });

  test("that several say at once lets one of them in", async () => {
    const { app } = await enrol();
    const waiting = [await challenge(), await challenge(), await challenge(), await challenge()];
    const code = app.code(1);
    const answers = await Promise.all(waiting.map((cookie) => giveCode(cookie, code)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400]);
  });

  test("that is wrong is told so, and the right one is taken after it", async () => {
    const { app } = await enrol();
    const cookie = await challenge();
    expect(await reasonOf(await giveCode(cookie, app.wrongCode()))).toEqual([400, "wrong"]);
    const signedIn = await giveCode(cookie, app.code(1));
    expect(signedIn.status).toBe(200);
    expect(await signedIn.json()).not.toHaveProperty("token");
  });

  test("needs a sign-in that waits for it, of this browser and of no other", async () => {
    const { app } = await enrol();
    expect((await giveCode("", app.code(1))).status).toBe(401);
    const cookie = await challenge();
    const forged = cookie.replace(/(two_factor=2fa-[\w-]+)\.[^;]+/, "$1.forged%3D");
    expect(forged).not.toBe(cookie);
    expect((await giveCode(forged, app.code(1))).status).toBe(401);
    await forgetSteps();
    expect((await giveCode(cookie, app.code(1))).status).toBe(200);
    await forgetSteps();
    expect((await giveCode(cookie, app.code(1))).status).toBe(401); // that sign-in is over
  });

  test("asked for by a body that wants this browser trusted trusts nothing", async () => {
    const { app } = await enrol();
    const body = { code: app.code(1), trustDevice: true };
    const signedIn = await post("verify-totp", body, { cookie: await challenge() });
    expect(signedIn.status).toBe(200);
    expect(cookiesOf(signedIn)).not.toContain("trust");
    const again = await harness.signIn(TEST_PASSWORD, { cookie: cookiesOf(signedIn) });
    expect(await again.json()).toHaveProperty("twoFactorRedirect");
  });
});

describe("guessing codes", () => {
  /** As after so many wrong codes in a row; what waits for them has been waited for. */
  async function afterTries(points: number): Promise<void> {
    const { pool } = harness.database;
    await pool.query("UPDATE sign_in_limit SET points = $1 WHERE key LIKE 'code-tries%'", [points]);
    await pool.query("DELETE FROM sign_in_limit WHERE key LIKE 'code-gate%'");
  }

  test("is bounded for all processes and all sign-ins together", async () => {
    const { app } = await enrol();
    const [first, second] = [await challenge(), await challenge()];
    const statuses: number[] = [];
    for (let n = 0; n < 4; n++) {
      harness.ask("none"); // another handler, as another process has it
      const cookie = n % 2 === 0 ? first : second;
      statuses.push((await giveCode(cookie, app.wrongCode(), { address: `198.51.100.${n}` })).status);
    }
    expect(statuses).toEqual([400, 400, 400, 400]);
    const { rows } = await harness.database.pool.query(
      "SELECT points FROM sign_in_limit WHERE key LIKE 'code-tries%'",
    );
    expect(rows).toEqual([{ points: 4 }]);
    await afterTries(20);
    expect((await giveCode(first, app.wrongCode())).status).toBe(400);
    harness.ask("none");
    const late = await giveCode(second, app.code(1), { address: "198.51.100.99" });
    expect(late.status).toBe(429);
    expect(Number(late.headers.get("retry-after"))).toBeGreaterThan(3_000);
  });

  test("ends one sign-in after five tries, whatever is said then", async () => {
    const { app } = await enrol();
    const cookie = await challenge();
    for (let n = 0; n < 5; n++) {
      await giveCode(cookie, app.wrongCode());
      await harness.database.pool.query("DELETE FROM sign_in_limit");
    }
    expect((await giveCode(cookie, app.code(1))).status).toBe(401);
  });

  test("by strangers does not hold up a browser that is known", async () => {
    const { app } = await enrol();
    const known = cookiesOf(await giveCode(await challenge(), app.code(1)));
    const stranger = await challenge();
    await giveCode(stranger, app.wrongCode());
    await afterTries(20);
    await giveCode(stranger, app.wrongCode());
    expect((await giveCode(stranger, app.code(1))).status).toBe(429);
    const device = known.split("; ").find((each) => each.startsWith("tidewatch.device")) ?? "";
    const cookie = `${await challenge({ cookie: device })}; ${device}`;
    await forgetSteps();
    expect((await giveCode(cookie, app.code(1))).status).toBe(200);
  });
});

describe("a recovery code", () => {
  test("signs in once, as it is typed off the paper", async () => {
    const { recoveryCodes } = await enrol();
    const [code = ""] = recoveryCodes;
    const signedIn = await giveRecoveryCode(await challenge(), ` ${code.toUpperCase().replace("-", " ")} `);
    expect(signedIn.status).toBe(200);
    expect(await factorOf(cookiesOf(signedIn))).toBe("given");
    expect(await reasonOf(await giveRecoveryCode(await challenge(), code))).toEqual([400, "wrong"]);
  });

  test("that several say at once lets one of them in, and costs one code", async () => {
    const { recoveryCodes } = await enrol();
    const waiting = [await challenge(), await challenge(), await challenge()];
    const answers = await Promise.all(waiting.map((each) => giveRecoveryCode(each, recoveryCodes[0] ?? "")));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.every(({ status }) => status < 500)).toBe(true);
    expect((await giveRecoveryCode(await challenge(), recoveryCodes[1] ?? "")).status).toBe(200);
  });

  test("of before is good for nothing when there are new ones", async () => {
    const { cookie, recoveryCodes } = await enrol();
    const wrong = await post("generate-backup-codes", { password: "not hers" }, { cookie });
    expect(wrong.status).toBe(400);
    const renewed = await post("generate-backup-codes", { password: TEST_PASSWORD }, { cookie });
    const { backupCodes } = (await renewed.json()) as { backupCodes: string[] };
    expect(backupCodes).toHaveLength(10);
    expect((await giveRecoveryCode(await challenge(), recoveryCodes[0] ?? "")).status).toBe(400);
    expect((await giveRecoveryCode(await challenge(), backupCodes[0] ?? "")).status).toBe(200);
  });
});

describe("removing it", () => {
  test("asks for the password, ends the other sessions, and leaves the password alone", async () => {
    const { cookie, app } = await enrol();
    const other = cookiesOf(await giveCode(await challenge(), app.code(1)));
    expect((await post("disable", { password: "not hers" }, { cookie })).status).toBe(400);
    const removed = await post("disable", { password: TEST_PASSWORD }, { cookie });
    expect(removed.status).toBe(200);
    expect([await factorOf(cookiesOf(removed)), await factorOf(other)]).toEqual(["none", null]);
    expect(await factorOf(cookiesOf(await harness.signIn()))).toBe("none");
  });

  test("where one is asked leaves a session that can do nothing but enrol the next", async () => {
    harness.ask("all");
    const { cookie } = await enrol();
    const removed = cookiesOf(await post("disable", { password: TEST_PASSWORD }, { cookie }));
    expect(await factorOf(removed)).toBe("needed");
    expect(await factorOf((await enrol(removed)).cookie)).toBe("given");
  });

  test("is nobody's whose session was made without it", async () => {
    const cookie = cookiesOf(await harness.signIn());
    await harness.database.db.user.update({ where: { id: harness.lin }, data: { twoFactorEnabled: true } });
    for (const path of ["disable", "generate-backup-codes"]) {
      expect((await post(path, { password: TEST_PASSWORD }, { cookie })).status).toBe(403);
    }
  });

  test("by an administrator ends the sessions, and the password alone signs in", async () => {
    const { cookie } = await enrol();
    const waiting = await challenge();
    const acted = await performVerb(harness.database.db, "reset-second-factor", LIN.email, {
      ...ACT,
      given: {},
    });
    expect(acted.sessions).toBe(1);
    expect(await factorOf(cookie)).toBeNull();
    expect((await giveCode(waiting, "123456")).status).toBe(401);
    expect(await factorOf(cookiesOf(await harness.signIn()))).toBe("none");
    await expect(
      performVerb(harness.database.db, "reset-second-factor", LIN.email, { ...ACT, given: {} }),
    ).rejects.toMatchObject({
      code: "no_second_factor",
    });
  });
});

describe("between password and code", () => {
  test.each([
    ["another password", () => resetPassword(harness.database.db, LIN.email, NEW_PASSWORD, ACT)],
    [
      "the end of all sessions",
      () => performVerb(harness.database.db, "sign-out", LIN.email, { ...ACT, given: {} }),
    ],
  ])("%s ends the sign-in", async (_, act) => {
    const { app } = await enrol();
    const cookie = await challenge();
    await act();
    expect((await giveCode(cookie, app.code(1))).status).toBe(401);
  });

  test("a password that is replaced while the code is looked at leaves no session", async () => {
    const { app } = await enrol();
    const cookie = await challenge();
    harness.answerWith(async (request) => {
      const response = await harness.auth.handler(request);
      if (new URL(request.url).pathname.endsWith("verify-totp")) {
        // What a reset does that was under way, but for the sessions: it has ended those that it saw.
        await harness.database.db.account.updateMany({ data: { updatedAt: new Date() } });
      }
      return response;
    });
    expect((await giveCode(cookie, app.code(1))).status).toBe(401);
    const where = { userId: harness.lin, createdAt: { gt: new Date(Date.now() - 60_000) } };
    const left = await harness.database.db.session.findMany({ where });
    expect(left).toHaveLength(1); // the one that enrolled
  });

  test("the session that this browser had ends", async () => {
    const { cookie } = await enrol();
    await challenge({ cookie });
    expect(await factorOf(cookie)).toBeNull();
  });
});

test("the audit log has every step, and no code, secret or password", async () => {
  const { app, recoveryCodes, cookie } = await enrol();
  const wrong = app.wrongCode();
  const waiting = await challenge();
  await giveCode(waiting, wrong);
  await giveRecoveryCode(waiting, recoveryCodes[0] ?? "");
  await post("generate-backup-codes", { password: TEST_PASSWORD }, { cookie });
  await post("disable", { password: TEST_PASSWORD }, { cookie });
  await harness.handler.close();
  const acts = await harness.acts();
  expect(acts.map(({ action }) => action)).toEqual([
    "session.sign-in",
    "second-factor.enrol",
    "second-factor.asked",
    "session.refused",
    "session.sign-in",
    "second-factor.recovery-used",
    "second-factor.codes-renewed",
    "second-factor.remove",
  ]);
  expect(acts[3]?.details).toMatchObject({ at: "sign-in", reason: "wrong code", count: 1 });
  expect(acts[4]?.details).toMatchObject({ secondFactor: "recovery code" });
  expect(acts[5]?.details).toEqual({ left: 9 });
  for (const told of [wrong, ...recoveryCodes, TEST_PASSWORD])
    expect(JSON.stringify(acts)).not.toContain(told);
});
