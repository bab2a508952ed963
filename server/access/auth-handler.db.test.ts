import { hashPassword as oldHash } from "better-auth/crypto";
import { describe, expect, test, vi } from "vitest";
import { TEST_PASSWORD } from "#testing/factories/people.ts";
import { PATIENCE } from "#testing/harness/patience.ts";
import { cookiesOf, LIN, signInsForEachTest } from "#testing/harness/sign-ins.ts";
import { livingKey, livingSessions } from "./living-sessions.ts";

const NEW_PASSWORD = "quite another password";
/** What hashing at N=2^17 takes at the very least. */
const HASHING_MS = 60;

const harness = signInsForEachTest();
const { answerWith, refuseAll, call, signIn, whoAsks, isSignedIn, acts } = harness;

describe("the routes that there are", () => {
  test.each([
    "/get-session",
    "/is-username-available",
    "/verify-password",
    "/update-user",
    "/update-session",
    "/sign-up/email",
    "/change-email",
    "/delete-user",
    "/request-password-reset",
    "/reset-password",
    "/list-sessions",
    "/revoke-session",
    "/revoke-other-sessions",
    "/list-accounts",
    "/sign-in/social",
    "/sign-in/email/",
    "/sign-in/Email",
    "/sign-in/email/../username",
    "//sign-in/email",
    "/ok",
    "/error",
    "/toString",
    "",
  ])("%s is not one of them", async (path) => {
    for (const method of ["GET", "POST"]) {
      if (path.includes("..") && method === "POST") continue; // a URL without the dots: another route
      const response = await call(path, { username: "lin", name: "Lin" }, { method });
      expect([method, response.status]).toEqual([method, path.includes("..") ? 405 : 404]);
      expect(response.headers.get("content-type")).toBe("application/problem+json");
    }
    expect(harness.asked).toBe(0);
  });

  test("those that there are take POST alone", async () => {
    const response = await call("/sign-in/email", {}, { method: "GET" });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
  });

  test.each([
    ["no JSON at all", "/sign-in/email", "x"],
    ["no name", "/sign-in/email", { password: "x" }],
    ["a name that is no text", "/sign-in/email", { email: { contains: "" }, password: "x" }],
    ["a NUL", "/sign-in/username", { username: "lin\0", password: "x" }],
    ["a password that is a book", "/sign-in/email", { ...LIN, password: "x".repeat(1_025) }],
    ["a list", "/sign-in/email", []],
  ])("%s is refused before anybody is looked for", async (_, path, body) => {
    expect((await call(path, body)).status).toBe(400);
    expect(harness.asked).toBe(0);
  });

  test("a body beyond 16 KiB", async () => {
    expect((await call("/sign-in/email", { ...LIN, password: "x".repeat(17_000) })).status).toBe(413);
  });
});

describe("guessing", () => {
  test("counts the account that is tried, whatever else the body holds", async () => {
    refuseAll();
    for (let n = 0; n < 5; n++) {
      const body = { username: "lin", email: `decoy${n}@example.test`, password: "guess" };
      expect((await call("/sign-in/username", body)).status).toBe(401);
    }
    const body = { username: "lin", email: "decoy@example.test", password: "guess" };
    const refused = await call("/sign-in/username", body);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "1"]);
    expect(await refused.json()).toMatchObject({ code: "too_busy" });
    expect(harness.asked).toBe(5);
  });

  test("each of an account's two names has one count, in any case, from everywhere, and no more", async () => {
    refuseAll();
    const ways = [
      () =>
        call("/sign-in/email", { email: " LIN@example.test ", password: "x" }, { address: "198.51.100.1" }),
      () => call("/sign-in/username", { username: "Lin", password: "x" }, { address: "198.51.100.2" }),
      () => call("/sign-in/email", { email: "lin@example.test", password: "x" }, { address: "198.51.100.3" }),
      () => call("/sign-in/username", { username: " LIN", password: "x" }, { address: "198.51.100.4" }),
    ];
    const statuses: number[] = [];
    for (let n = 0; n < 16; n++) statuses.push((await (ways[n % 4] ?? ways[0])?.())?.status ?? 0);
    expect(statuses).toEqual([...Array(10).fill(401), ...Array(6).fill(429)]);
  });

  test("who does not exist waits just the same", async () => {
    refuseAll();
    for (const [path, name] of [
      ["/sign-in/email", { email: "nobody@example.test" }],
      ["/sign-in/username", { username: "nobody" }],
    ] as const) {
      const statuses: number[] = [];
      for (let n = 0; n < 6; n++) statuses.push((await call(path, { ...name, password: "x" })).status);
      expect([path, statuses]).toEqual([path, [401, 401, 401, 401, 401, 429]]);
    }
  });

  test("somebody else's guessing locks nobody out of a browser that they have used before", async () => {
    const known = cookiesOf(await signIn());
    refuseAll();
    for (let n = 0; n < 40; n++) await signIn("guess", { address: "203.0.113.1" });
    answerWith((request) => harness.auth.handler(request));
    expect((await signIn(TEST_PASSWORD, { address: "203.0.113.1" })).status).toBe(429);
    expect((await signIn(TEST_PASSWORD, { cookie: known, address: "203.0.113.1" })).status).toBe(200);
  });

  test("one address does not use up another's share", async () => {
    refuseAll();
    const guess = (n: number, address: string) =>
      call("/sign-in/email", { email: `name${n}@example.test`, password: "x" }, { address });
    const statuses: number[] = [];
    for (let n = 0; n < 35; n++) statuses.push((await guess(n, `2001:db8:0:1::${n}`)).status);
    expect(statuses).toEqual([...Array(30).fill(401), ...Array(5).fill(429)]);
    expect((await guess(40, "2001:db8:0:2::1")).status).toBe(401);
    expect((await guess(41, "203.0.113.9")).status).toBe(401);
  });

  test("the present password at a change is a try like any other", async () => {
    const cookie = cookiesOf(await signIn())
      .split("; ")
      .filter((each) => !each.includes("device"))
      .join("; ");
    answerWith(async () => Response.json({ code: "INVALID_PASSWORD" }, { status: 400 }));
    const body = { currentPassword: "guess", newPassword: NEW_PASSWORD };
    const statuses: number[] = [];
    for (let n = 0; n < 6; n++) statuses.push((await call("/change-password", body, { cookie })).status);
    expect(statuses).toEqual([400, 400, 400, 400, 400, 429]);
    refuseAll();
    expect((await signIn("guess")).status).toBe(429);
  });
});

describe("what a sign-in tells", () => {
  test("one answer, whatever is wrong with name or password, and the same work for it", async () => {
    const tries: readonly [string, object][] = [
      ["/sign-in/email", { ...LIN, password: "not hers" }],
      ["/sign-in/email", { email: "nobody@example.test", password: TEST_PASSWORD }],
      ["/sign-in/username", { username: "lin", password: "not hers" }],
      ["/sign-in/username", { username: "nobody", password: TEST_PASSWORD }],
      ["/sign-in/username", { username: "no user name!", password: TEST_PASSWORD }],
      ["/sign-in/email", { email: "no address", password: TEST_PASSWORD }],
    ];
    const answers: unknown[] = [];
    const took: number[] = [];
    for (const [path, body] of tries) {
      const began = performance.now();
      const response = await call(path, body);
      took.push(performance.now() - began);
      expect(response.headers.getSetCookie()).toEqual([]);
      answers.push({ status: response.status, body: await response.json() });
    }
    expect(answers[0]).toMatchObject({ status: 401, body: { code: "unauthenticated" } });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    // A password is hashed for who does not exist as well: that takes no machine less than this.
    for (const ms of took.slice(0, 4)) expect(ms).toBeGreaterThan(HASHING_MS);
  });

  test("a hash of an earlier version is right, and is hashed anew at that sign-in", async () => {
    const old = await oldHash(TEST_PASSWORD);
    await harness.database.db.account.updateMany({ where: { userId: harness.lin }, data: { password: old } });
    const stored = async () =>
      (await harness.database.db.account.findFirstOrThrow({ where: { userId: harness.lin } })).password;
    expect((await signIn("not hers")).status).toBe(401);
    expect(await stored()).toBe(old);
    expect((await signIn()).status).toBe(200);
    expect(await stored()).toMatch(/^\$scrypt\$ln=17,r=8,p=1\$/);
    expect((await signIn()).status).toBe(200);
  });
});

describe("a changed password", () => {
  test("ends the other sessions and their sockets; this browser goes on", async () => {
    const [here, there] = [cookiesOf(await signIn()), cookiesOf(await signIn())];
    const other = await whoAsks(new Headers({ cookie: there }));
    const key = other?.kind === "person" ? livingKey(other.sessionId, other.role) : "";
    const body = { currentPassword: TEST_PASSWORD, newPassword: NEW_PASSWORD, revokeOtherSessions: false };
    const changed = await call("/change-password", body, { cookie: here });
    expect(changed.status).toBe(200);
    expect([await isSignedIn(here), await isSignedIn(there)]).toEqual([false, false]);
    expect(await isSignedIn(cookiesOf(changed))).toBe(true);
    expect(await livingSessions(harness.database.pool, [key])).toEqual(new Set());
    expect((await signIn()).status).toBe(401);
    expect((await signIn(NEW_PASSWORD)).status).toBe(200);
  });

  test.each([
    ["a short one", "short", "short"],
    ["a common one", "password1234", "common"],
    ["one's own name", "lin@example.test", "common"],
  ])("is not %s", async (_, newPassword, reason) => {
    const cookie = cookiesOf(await signIn());
    const response = await call(
      "/change-password",
      { currentPassword: TEST_PASSWORD, newPassword },
      { cookie },
    );
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ field: "newPassword", reason });
    expect(await isSignedIn(cookie)).toBe(true);
  });

  test("is nobody's who is not signed in", async () => {
    const body = { currentPassword: TEST_PASSWORD, newPassword: NEW_PASSWORD };
    expect((await call("/change-password", body)).status).toBe(401);
    expect(harness.asked).toBe(0);
  });
});

describe("the audit log", () => {
  test("has who came and went, from where, and no password", async () => {
    const cookie = cookiesOf(await signIn());
    const body = { currentPassword: TEST_PASSWORD, newPassword: NEW_PASSWORD };
    const changed = cookiesOf(await call("/change-password", body, { cookie }));
    await call("/sign-out", {}, { cookie: changed });
    const subject = `person ${harness.lin}`;
    const address = "203.0.113.1";
    expect(await acts()).toEqual([
      {
        actor: harness.lin,
        action: "session.sign-in",
        subject,
        address,
        details: { isKnownBrowser: false, isFirst: true },
      },
      { actor: harness.lin, action: "person.change-password", subject, address, details: {} },
      { actor: harness.lin, action: "session.sign-out", subject, address, details: {} },
    ]);
    expect(JSON.stringify(await acts())).not.toMatch(/password"?:|quite another|long test/);
  });

  test("has refusals, without what was typed, and few of them in a flood", async () => {
    refuseAll();
    for (let n = 0; n < 20; n++) await signIn("guess");
    for (let n = 0; n < 4; n++)
      await call("/sign-in/username", { username: "my secret password", password: "x" });
    await harness.handler.close();
    const rows = await acts();
    const own = `person ${harness.lin}`;
    const at = "sign-in";
    expect(rows.map(({ subject, address, details }) => [subject, address, details])).toEqual([
      [own, "203.0.113.1", { at, reason: "wrong password", count: 1 }],
      [own, "203.0.113.1", { at, reason: "too many tries", count: 1 }],
      ["unknown", "203.0.113.1", { at, reason: "wrong password", count: 1 }],
      [own, "203.0.113.1", { at, reason: "too many tries", count: 14 }],
      [own, "203.0.113.1", { at, reason: "wrong password", count: 4 }],
      ["unknown", "203.0.113.1", { at, reason: "wrong password", count: 3 }],
    ]);
    expect(JSON.stringify(rows)).not.toContain("secret");
  });
});

test("a flood of sign-ins takes neither the memory nor another's turn", async () => {
  let looking = 0;
  let most = 0;
  const ends: (() => void)[] = [];
  answerWith(async () => {
    looking += 1;
    most = Math.max(most, looking);
    await new Promise<void>((resolve) => ends.push(resolve));
    looking -= 1;
    return Response.json({}, { status: 401 });
  });
  let refused = 0;
  const flood = Array.from({ length: 40 }, async (_, n) => {
    const body = { email: `name${n}@example.test`, password: "x" };
    const { status } = await call("/sign-in/email", body, { address: "198.51.100.66" });
    if (status === 429) refused += 1;
  });
  // All have come: two are looked at, ten of one address wait.
  await vi.waitFor(() => expect([ends.length, refused]).toEqual([2, 28]), PATIENCE);
  const lins = signIn("x", { address: "203.0.113.5" }).then(({ status }) => status);
  let isAnswered = false;
  void lins.then(() => {
    isAnswered = true;
  });
  let ended = 0;
  while (!isAnswered && ended < 12) {
    await vi.waitFor(() => expect(ends.length).toBeGreaterThan(0), PATIENCE);
    ends.shift()?.();
    ended += 1;
    await vi.waitFor(() => expect(ends.length > 0 || isAnswered).toBe(true), PATIENCE);
  }
  expect(await lins).toBe(401);
  expect(ended).toBeLessThanOrEqual(6);
  const drain = setInterval(() => ends.shift()?.(), 1);
  await Promise.all(flood);
  clearInterval(drain);
  expect(refused).toBe(28);
  expect(most).toBe(2);
});

test("a flood from everywhere at once leaves a browser that is known its turn", async () => {
  const known = cookiesOf(await signIn());
  const ends: (() => void)[] = [];
  answerWith(async () => {
    await new Promise<void>((resolve) => ends.push(resolve));
    return Response.json({}, { status: 401 });
  });
  let refused = 0;
  const flood = Array.from({ length: 80 }, async (_, n) => {
    const body = { email: `name${n}@example.test`, password: "x" };
    const { status } = await call("/sign-in/email", body, { address: `198.51.100.${n}` });
    if (status === 429) refused += 1;
  });
  await vi.waitFor(() => expect(ends).toHaveLength(2), PATIENCE);
  await vi.waitFor(() => expect(refused).toBeGreaterThan(0), PATIENCE); // the strangers' lane is full
  const lins = signIn("x", { cookie: known, address: "198.51.100.7" }).then(({ status }) => status);
  expect((await signIn("x", { address: "203.0.113.200" })).status).toBe(429);
  const drain = setInterval(() => ends.shift()?.(), 1);
  expect(await lins).toBe(401);
  await Promise.all(flood);
  clearInterval(drain);
});
