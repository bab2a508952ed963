import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "#server/db/database.ts";
import { invite } from "#server/people/invitations.ts";
import { makeTestPerson } from "#testing/factories/people.ts";
import { emptyAudit, writtenActs } from "#testing/harness/audit-log.ts";
import { ORIGIN } from "#testing/harness/sign-ins.ts";
import { openSingleSignOn, TestBrowser } from "#testing/harness/single-sign-on.ts";
import { type Claims, startStrictProvider } from "#testing/harness/strict-provider.ts";
import { startTestServer, type TestServer } from "#testing/harness/writer-harness.ts";

/** The whole way in and out with a certified provider. @module-tag slow */

const SETTINGS = { OIDC_SCOPES: "openid email profile groups" };
const people = new Map<string, Claims>();
let server: TestServer;
let database: Database;
let provider: Awaited<ReturnType<typeof startStrictProvider>>;
let lin: string;

beforeAll(async () => {
  server = await startTestServer();
  const databaseUrl = await server.freshDatabase();
  database = await openDatabase({ databaseUrl, dataDir: "", onIdleError: () => undefined });
  provider = await startStrictProvider(people, ORIGIN);
});
beforeEach(async () => {
  await database.db.user.deleteMany();
  await database.db.invitation.deleteMany();
  await emptyAudit(database.pool);
  lin = await makeTestPerson(database.db, { email: "lin@example.test", role: "manager" });
  people.set("s-lin", {
    email: "lin@example.test",
    email_verified: true,
    name: "Lin at the provider",
    groups: ["staff", "tw-managers"],
  });
});
afterAll(async () => {
  provider.stop();
  await database.close();
  await server.stop();
});

const open = (options: Parameters<typeof openSingleSignOn>[2] = {}) =>
  openSingleSignOn(database, provider.issuer, {
    ...options,
    settings: { ...SETTINGS, ...options.settings },
  });
const actions = async () => (await writtenActs(database.pool)).map(({ action }) => action);

describe("in", () => {
  test("asks with code, state, nonce and PKCE, and comes back to the screen that was asked for", async () => {
    const { handler, authenticate } = open();
    const browser = new TestBrowser(handler);
    const asked = await browser.begin("/retention?x=~1");
    expect(asked.origin).toBe(provider.issuer);
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      response_type: "code",
      client_id: "tidewatch",
      redirect_uri: `${ORIGIN}/api/auth/callback/oidc`,
      code_challenge_method: "S256",
      nonce: expect.stringMatching(/^.{32}$/),
      state: expect.stringMatching(/^.{32}$/),
    });
    const back = await browser.follow(asked, "s-lin");
    const response = await browser.open(back.href);
    expect([response.status, response.headers.get("location")]).toEqual([
      302,
      "/sign-in?to=%2Fretention%3Fx%3D%7E1",
    ]);
    const actor = await authenticate(new Headers({ cookie: browser.cookieOf() }));
    expect(actor).toMatchObject({ kind: "person", id: lin, role: "manager", secondFactor: "none" });
    expect(await writtenActs(database.pool)).toMatchObject([
      {
        actor: lin,
        action: "person.join",
        subject: `person ${lin}`,
        details: { by: "verified e-mail address", provider: "oidc" },
      },
      { actor: lin, action: "session.sign-in", address: "203.0.113.1", details: { by: "single sign-on" } },
    ]);
  });

  test("nothing that the provider says is kept but the subject", async () => {
    const browser = new TestBrowser(open().handler);
    await browser.signIn("s-lin");
    await browser.signIn("s-lin");
    const accounts = await database.db.account.findMany({ where: { providerId: "oidc" } });
    expect(accounts).toEqual([
      expect.objectContaining({
        userId: lin,
        accountId: `${provider.issuer} s-lin`,
        accessToken: null,
        refreshToken: null,
        idToken: null,
      }),
    ]);
    expect(await database.db.verification.count()).toBe(0);
    expect(await database.db.user.findUnique({ where: { id: lin } })).toMatchObject({ name: "Lin Wei" });
  });

  test("by the subject alone once they are joined: the address at the provider may change", async () => {
    const browser = new TestBrowser(open().handler);
    await browser.signIn("s-lin");
    people.set("s-lin", { groups: ["tw-managers"] });
    expect(await browser.signIn("s-lin")).toBe("/sign-in");
    // Whoever gets the address after them is somebody else.
    people.set("s-new", { email: "lin@example.test", email_verified: true, groups: ["tw-managers"] });
    expect(await new TestBrowser(open().handler).signIn("s-new")).toBe("/sign-in?by=oidc&refused=taken");
  });

  test("ends the session that the browser had", async () => {
    const { handler, authenticate } = open();
    const browser = new TestBrowser(handler);
    await browser.signIn("s-lin");
    const before = browser.cookieOf();
    await browser.signIn("s-lin");
    expect(await authenticate(new Headers({ cookie: before }))).toBeNull();
    expect(await database.db.session.count()).toBe(1);
  });

  test("an answer is taken in the browser alone that asked for it, and once", async () => {
    const { handler } = open();
    const browser = new TestBrowser(handler);
    const back = await browser.follow(await browser.begin("/orders"), "s-lin");
    const foreign = await new TestBrowser(handler).open(back.href);
    expect(foreign.headers.get("location")).toBe("/sign-in?by=oidc&refused=expired");
    expect((await browser.open(back.href)).headers.get("location")).toBe("/sign-in?to=%2Forders");
    expect((await browser.open(back.href)).headers.get("location")).toBe("/sign-in?by=oidc&refused=expired");
    expect(await database.db.session.count()).toBe(1);
  });

  test("whoever breaks off at the provider is told so", async () => {
    const browser = new TestBrowser(open().handler);
    const asked = await browser.begin();
    const url = new URL("/api/auth/callback/oidc", ORIGIN);
    url.search = new URLSearchParams({
      error: "access_denied",
      state: asked.searchParams.get("state") ?? "",
    }).toString();
    expect((await browser.open(url.href)).headers.get("location")).toBe("/sign-in?by=oidc&refused=cancelled");
  });
});

describe("who may come in", () => {
  test("nobody who was not made or invited, unless sign-up is open", async () => {
    people.set("s-mo", {
      email: "mo@example.test",
      email_verified: true,
      name: "Mo",
      groups: ["tw-managers"],
    });
    expect(await new TestBrowser(open().handler).signIn("s-mo")).toBe("/sign-in?by=oidc&refused=unknown");
    expect(await database.db.user.count()).toBe(1);
    const { handler } = open({ settings: { OIDC_SIGN_UP: "1" } });
    expect(await new TestBrowser(handler).signIn("s-mo")).toBe("/sign-in");
    const mo = await database.db.user.findUnique({ where: { email: "mo@example.test" } });
    expect(mo).toMatchObject({ name: "Mo", role: "manager" });
    expect(await actions()).toEqual(["session.refused", "person.create", "session.sign-in"]);
  });

  test("whoever is invited needs no link", async () => {
    await database.db.invitation.create({
      data: {
        id: crypto.randomUUID(),
        email: "mo@example.test",
        name: "Mo Invited",
        role: "operations",
        hash: "x",
        issuedBy: lin,
        expiresAt: new Date(Date.now() + 60_000),
      },
    });
    people.set("s-mo", { email: "Mo@Example.test", email_verified: true, groups: ["tw-managers"] });
    expect(await new TestBrowser(open().handler).signIn("s-mo")).toBe("/sign-in");
    const mo = await database.db.user.findUnique({ where: { email: "mo@example.test" } });
    expect(mo).toMatchObject({ name: "Mo Invited", role: "manager" });
    expect(await database.db.invitation.findFirst()).toMatchObject({ outcome: "accepted" });
  });

  test.each([
    ["no group with a role", { groups: ["staff"] }, "noRole"],
    ["no groups at all", { groups: undefined }, "noRole"],
    ["an address that is not verified", { email_verified: false }, "unverified"],
    ["an address of which nothing is said", { email_verified: undefined }, "unverified"],
    ["no address", { email: undefined }, "unverified"],
    ["an address of the demo", { email: "ops@tidewatch.demo" }, "unknown"],
  ])("%s: refused in words, and audited", async (_, claims, refused) => {
    people.set("s-lin", { ...people.get("s-lin"), ...claims });
    const { handler } = open({ settings: { OIDC_SIGN_UP: "1" } });
    const browser = new TestBrowser(handler);
    expect(await browser.signIn("s-lin", "/orders")).toBe(`/sign-in?to=%2Forders&by=oidc&refused=${refused}`);
    expect(await database.db.session.count()).toBe(0);
    expect(await database.db.account.count({ where: { providerId: "oidc" } })).toBe(0);
    expect(await writtenActs(database.pool)).toMatchObject([
      { actor: "anonymous", action: "session.refused", details: { reason: refused, at: "single-sign-on" } },
    ]);
  });

  test("an address of which nothing is said counts where the settings say so; a denied one never does", async () => {
    const { handler } = open({ settings: { OIDC_TRUST_EMAIL: "1" } });
    people.set("s-lin", { ...people.get("s-lin"), email_verified: false });
    expect(await new TestBrowser(handler).signIn("s-lin")).toBe("/sign-in?by=oidc&refused=unverified");
    people.set("s-lin", { ...people.get("s-lin"), email_verified: undefined });
    expect(await new TestBrowser(handler).signIn("s-lin")).toBe("/sign-in");
  });

  test("no disabled person, joined or not", async () => {
    const browser = new TestBrowser(open().handler);
    const disable = (at: Date | null) =>
      database.db.user.update({ where: { id: lin }, data: { disabledAt: at } });
    await disable(new Date());
    expect(await browser.signIn("s-lin")).toBe("/sign-in?by=oidc&refused=disabled");
    await disable(null);
    expect(await browser.signIn("s-lin")).toBe("/sign-in");
    await disable(new Date());
    expect(await browser.signIn("s-lin")).toBe("/sign-in?by=oidc&refused=disabled");
    expect((await writtenActs(database.pool))[0]).toMatchObject({
      action: "session.refused",
      subject: `person ${lin}`,
      details: { reason: "disabled" },
    });
  });
});

describe("the role of the groups", () => {
  test("is given at each sign-in, with an audit row when it changes; a scope goes with the role", async () => {
    await database.db.user.update({ where: { id: lin }, data: { segments: ["gold"] } });
    await makeTestPerson(database.db, { email: "root@example.test", name: "Root", role: "administrator" });
    const browser = new TestBrowser(open().handler);
    await browser.signIn("s-lin");
    expect(await database.db.user.findUnique({ where: { id: lin } })).toMatchObject({ segments: ["gold"] });
    // The first line of the table that fits wins.
    people.set("s-lin", { ...people.get("s-lin"), groups: ["tw-managers", "tw-admins"] });
    await browser.signIn("s-lin");
    expect(await database.db.user.findUnique({ where: { id: lin } })).toMatchObject({
      role: "administrator",
      segments: [],
    });
    const changes = (await writtenActs(database.pool)).filter(({ action }) => action === "person.set-role");
    expect(changes).toMatchObject([
      {
        actor: "system",
        subject: `person ${lin}`,
        details: { by: "single sign-on", from: "manager", to: "administrator" },
      },
    ]);
  });

  test("that takes an administrator's away takes their one-time links back", async () => {
    await makeTestPerson(database.db, { email: "root@example.test", name: "Root", role: "administrator" });
    await database.db.user.update({ where: { id: lin }, data: { role: "administrator" } });
    const who = { email: "eve@example.test", name: "Eve", role: "administrator" as const, segments: [] };
    await invite(database.db, who, { by: lin, reason: null });
    people.set("s-lin", { ...people.get("s-lin"), groups: ["tw-managers"] });
    await new TestBrowser(open().handler).signIn("s-lin");
    expect(await database.db.user.findUnique({ where: { id: lin } })).toMatchObject({ role: "manager" });
    expect(await database.db.invitation.findFirst()).toMatchObject({ outcome: "withdrawn" });
  });

  test("is not taken from the last administrator", async () => {
    await database.db.user.update({ where: { id: lin }, data: { role: "administrator" } });
    expect(await new TestBrowser(open().handler).signIn("s-lin")).toBe(
      "/sign-in?by=oidc&refused=lastAdministrator",
    );
    expect(await database.db.user.findUnique({ where: { id: lin } })).toMatchObject({
      role: "administrator",
    });
    // Nothing of it stays: they are not joined either.
    expect(await database.db.account.count({ where: { providerId: "oidc" } })).toBe(0);
  });
});

describe("out", () => {
  test("the session ends here, and the browser is told where it ends at the provider", async () => {
    const { handler, authenticate } = open();
    const browser = new TestBrowser(handler);
    await browser.signIn("s-lin");
    const cookie = browser.cookieOf();
    expect(cookie).toContain("tidewatch.provider=");
    const answer = (await (await browser.post("/sign-out", {})).json()) as { url: string };
    expect(await authenticate(new Headers({ cookie }))).toBeNull();
    expect((await actions()).at(-1)).toBe("session.sign-out");
    const url = new URL(answer.url);
    expect(url.origin).toBe(provider.issuer);
    expect(url.searchParams.get("client_id")).toBe("tidewatch");
    // The provider takes the hint and the way back: its page asks whether to sign out there as well.
    const page = await browser.open(url.href);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("logout")]);
    expect(browser.cookieOf()).not.toContain("tidewatch.provider=");
  });

  test("whoever came with a password is not sent to the provider", async () => {
    const browser = new TestBrowser(open().handler);
    await browser.signIn("s-lin");
    await browser.post("/sign-in/email", { email: "lin@example.test", password: "a long test password" });
    const answer = await (await browser.post("/sign-out", {})).json();
    expect(answer).toEqual({ success: true });
  });
});

describe("the routes", () => {
  test.each([
    ["another provider", { provider: "github", to: "/" }],
    ["no provider", { to: "/" }],
  ])("%s is refused", async (_, body) => {
    expect((await new TestBrowser(open().handler).post("/sign-in/social", body)).status).toBe(400);
  });

  test("a token of somebody's own is not looked at", async () => {
    const browser = new TestBrowser(open().handler);
    const response = await browser.post("/sign-in/social", {
      provider: "oidc",
      idToken: { token: "x.y.z" },
      requestSignUp: true,
      scopes: ["admin"],
    });
    const { url } = (await response.json()) as { url: string };
    expect(new URL(url).searchParams.get("scope")).toBe(SETTINGS.OIDC_SCOPES);
  });

  test("a foreign page begins nothing", async () => {
    const browser = new TestBrowser(open().handler);
    const response = await browser.post(
      "/sign-in/social",
      { provider: "oidc" },
      { origin: "https://evil.example" },
    );
    expect(response.status).toBe(403);
  });

  test.each([
    ["as long as is kept", `/orders?q=${"a".repeat(540)}`, true],
    ["longer", `/orders?q=${"\u6f6e".repeat(600)}`, false],
  ])("a way on that is %s: no browser drops the cookie for its size", async (_, to, isKept) => {
    const browser = new TestBrowser(open().handler);
    const back = await browser.follow(await browser.begin(to), "s-lin");
    for (const each of browser.cookieOf().split("; ")) expect(each.length).toBeLessThan(4_000);
    const at = (await browser.open(back.href)).headers.get("location");
    expect(at).toBe(isKept ? `/sign-in?${new URLSearchParams({ to })}` : "/sign-in");
  });

  test.each(["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"])(
    "%s: the way on is left to the sign-in page",
    async (to) => {
      const at = await new TestBrowser(open().handler).signIn("s-lin", to);
      expect(at).toBe(`/sign-in?${new URLSearchParams({ to })}`);
    },
  );
});
