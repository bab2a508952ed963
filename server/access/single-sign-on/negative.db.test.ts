import { generateKeyPairSync, sign } from "node:crypto";
import type { AddressInfo } from "node:net";
import { type MutableToken, OAuth2Server } from "oauth2-mock-server";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "#server/db/database.ts";
import { makeTestPerson, TEST_PASSWORD } from "#testing/factories/people.ts";
import { emptyAudit, writtenActs } from "#testing/harness/audit-log.ts";
import { openSingleSignOn, TestBrowser } from "#testing/harness/single-sign-on.ts";
import { startTestServer, type TestServer } from "#testing/harness/writer-harness.ts";

/** A provider that says what no provider may. @module-tag slow */

let server: TestServer;
let database: Database;
let lin: string;
const provider = new OAuth2Server();
let issuer: string;
/** What becomes of the claims of an ID token. */
let change: (token: MutableToken) => void;
let answer: (body: Record<string, unknown>) => void;

beforeAll(async () => {
  server = await startTestServer();
  const databaseUrl = await server.freshDatabase();
  database = await openDatabase({ databaseUrl, dataDir: "", onIdleError: () => undefined });
  await provider.issuer.keys.generate("RS256");
  await provider.start(0, "127.0.0.1");
  const { port } = provider.address() as AddressInfo;
  issuer = `http://127.0.0.1:${port}`;
  provider.issuer.url = issuer;
  provider.service.on("beforeTokenSigning", (token: MutableToken) => {
    // Of the two tokens that are signed, the one for the client has an audience.
    if (token.payload.aud === undefined) return;
    Object.assign(token.payload, CLAIMS);
    change(token);
  });
  provider.service.on("beforeResponse", ({ body }) => answer(body as Record<string, unknown>));
});
beforeEach(async () => {
  change = () => undefined;
  answer = () => undefined;
  await database.db.user.deleteMany();
  await emptyAudit(database.pool);
  lin = await makeTestPerson(database.db, { email: "lin@example.test", role: "manager" });
});
afterAll(async () => {
  await provider.stop();
  await database.close();
  await server.stop();
});

const CLAIMS = { email: "lin@example.test", email_verified: true, name: "Lin", groups: ["tw-managers"] };
const open = (options: Parameters<typeof openSingleSignOn>[2] = {}) =>
  openSingleSignOn(database, issuer, options);
const claim = (claims: object) => {
  change = ({ payload }) => void Object.assign(payload, claims);
};

test("what it says truly is taken", async () => {
  expect(await new TestBrowser(open().handler).signIn()).toBe("/sign-in");
});

describe("an ID token", () => {
  const now = () => Math.floor(Date.now() / 1_000);
  const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

  test.each<[string, () => void]>([
    ["of another issuer", () => claim({ iss: "https://evil.example" })],
    ["for another audience", () => claim({ aud: "another" })],
    [
      "issued to somebody else, for us as well",
      () => claim({ aud: ["another", "tidewatch"], azp: "another" }),
    ],
    ["for several, without saying for whom", () => claim({ aud: ["another", "tidewatch"] })],
    ["that has expired", () => claim({ iat: now() - 7_200, exp: now() - 3_600 })],
    ["that holds later only", () => claim({ nbf: now() + 3_600 })],
    ["with another nonce", () => claim({ nonce: "another" })],
    ["without a nonce", () => claim({ nonce: undefined })],
    ["without a subject", () => claim({ sub: undefined })],
    ["without an end", () => claim({ exp: undefined })],
    [
      "signed by another key",
      () => {
        const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
        answer = (body) => {
          const [head, payload] = String(body.id_token).split(".");
          const signature = sign("sha256", Buffer.from(`${head}.${payload}`), privateKey).toString(
            "base64url",
          );
          body.id_token = `${head}.${payload}.${signature}`;
        };
      },
    ],
    [
      "that was changed on the way",
      () => {
        answer = (body) => {
          const [head, payload = "", signature] = String(body.id_token).split(".");
          const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as object;
          body.id_token = `${head}.${base64({ ...claims, groups: ["tw-admins"] })}.${signature}`;
        };
      },
    ],
    [
      "that nobody signed",
      () => {
        answer = (body) => {
          const [, payload] = String(body.id_token).split(".");
          body.id_token = `${base64({ alg: "none", typ: "JWT" })}.${payload}.`;
        };
      },
    ],
    [
      "that is missing: userinfo alone is no proof",
      () => {
        answer = (body) => void delete body.id_token;
      },
    ],
    [
      "that is no token",
      () => {
        answer = (body) => {
          body.id_token = "opaque";
        };
      },
    ],
  ])("%s lets nobody in", async (_, arrange) => {
    arrange();
    const browser = new TestBrowser(open().handler);
    expect(await browser.signIn()).toBe("/sign-in?by=oidc&refused=failed");
    expect(await database.db.session.count()).toBe(0);
    expect(await database.db.account.count({ where: { providerId: "oidc" } })).toBe(0);
    expect(await writtenActs(database.pool)).toMatchObject([
      {
        actor: "anonymous",
        action: "session.refused",
        subject: "unknown",
        address: "203.0.113.1",
        details: { reason: "failed", at: "single-sign-on" },
      },
    ]);
  });

  test("userinfo of another subject adds nothing, and lets nobody in", async () => {
    claim({ groups: undefined });
    provider.service.once("beforeUserinfo", (response) => {
      response.body = { sub: "somebody-else", groups: ["tw-admins"] };
    });
    expect(await new TestBrowser(open().handler).signIn()).toBe("/sign-in?by=oidc&refused=failed");
  });

  test("a redirect that another issuer claims for itself (RFC 9207)", async () => {
    provider.service.once("beforeAuthorizeRedirect", ({ url }) => {
      url.searchParams.set("iss", "https://evil.example");
    });
    expect(await new TestBrowser(open().handler).signIn()).toBe("/sign-in?by=oidc&refused=failed");
  });

  test("a code that the provider does not know", async () => {
    provider.service.once("beforeResponse", (response) => {
      response.statusCode = 400;
      response.body = { error: "invalid_grant" };
    });
    expect(await new TestBrowser(open().handler).signIn()).toBe("/sign-in?by=oidc&refused=failed");
  });
});

describe("the second factor", () => {
  const root = () =>
    database.db.user.update({ where: { id: lin }, data: { role: "administrator" } }).then(() => {
      claim({ groups: ["tw-admins"] });
    });
  const factorOf = async (options: Parameters<typeof open>[0], claims: object) => {
    const base = change;
    change = (token) => {
      base(token);
      Object.assign(token.payload, claims);
    };
    const { handler, authenticate } = open(options);
    const browser = new TestBrowser(handler);
    const at = await browser.signIn();
    const actor = await authenticate(new Headers({ cookie: browser.cookieOf() }));
    return { at, factor: actor?.kind === "person" ? actor.secondFactor : null };
  };
  const ACR = { OIDC_SECOND_FACTOR_ACR: "urn:two, urn:three" };

  test.each([
    ["amr says mfa", {}, { amr: ["pwd", "mfa"] }, "given"],
    ["amr says a code", {}, { amr: ["otp"] }, "given"],
    ["amr says a password alone", {}, { amr: ["pwd"] }, "needed"],
    ["amr says a message to a telephone", {}, { amr: ["pwd", "sms"] }, "needed"],
    ["amr as the settings name it", { OIDC_SECOND_FACTOR_AMR: "sms" }, { amr: ["sms"] }, "given"],
    ["amr that the settings leave out", { OIDC_SECOND_FACTOR_AMR: "hwk" }, { amr: ["mfa"] }, "needed"],
    ["acr as the settings name it", ACR, { acr: "urn:three" }, "given"],
    ["another acr", ACR, { acr: "urn:one" }, "needed"],
    ["an acr of which the settings say nothing", {}, { acr: "urn:two" }, "needed"],
    ["nothing is said", {}, {}, "needed"],
  ])("%s: %j", async (_, settings, claims, factor) => {
    await root();
    expect(await factorOf({ rule: "administrators", settings }, claims)).toEqual({ at: "/sign-in", factor });
  });

  test("is audited with the sign-in, and asked for as an acr where one is named", async () => {
    claim({ amr: ["mfa"] });
    const browser = new TestBrowser(open({ settings: ACR }).handler);
    expect((await browser.begin()).searchParams.get("acr_values")).toBe("urn:two urn:three");
    await browser.signIn();
    expect((await writtenActs(database.pool)).at(-1)).toMatchObject({
      action: "session.sign-in",
      details: { by: "single sign-on", secondFactor: "provider" },
    });
  });

  test("is never what userinfo says", async () => {
    await root();
    const base = change;
    change = (token) => {
      base(token);
      token.payload.groups = undefined;
    };
    provider.service.once("beforeUserinfo", (response) => {
      response.body = { sub: "johndoe", groups: ["tw-admins"], amr: ["mfa"] };
    });
    expect(await factorOf({ rule: "administrators" }, {})).toMatchObject({ factor: "needed" });
  });

  test("whoever needs one, and has neither one nor a password, comes in to enrol it", async () => {
    claim({ email: "new@example.test" });
    const options = { rule: "all", settings: { OIDC_SIGN_UP: "1" } } as const;
    const { handler, authenticate } = open(options);
    const browser = new TestBrowser(handler);
    expect(await browser.signIn()).toBe("/sign-in");
    const actor = await authenticate(new Headers({ cookie: browser.cookieOf() }));
    expect(actor).toMatchObject({ secondFactor: "needed" });
    expect(await database.db.user.count()).toBe(2);
  });
});

describe("while the provider is away", () => {
  test("the button says so, and passwords go on", async () => {
    const { handler } = openSingleSignOn(database, "http://127.0.0.1:9");
    const browser = new TestBrowser(handler);
    const begun = await browser.post("/sign-in/social", { provider: "oidc" });
    expect([begun.status, await begun.json()]).toEqual([
      503,
      expect.objectContaining({ code: "unavailable" }),
    ]);
    const signedIn = await browser.post("/sign-in/email", {
      email: "lin@example.test",
      password: TEST_PASSWORD,
    });
    expect(signedIn.status).toBe(200);
  });

  test("one that calls itself otherwise lets nobody in", async () => {
    const otherwise = issuer.replace("127.0.0.1", "localhost");
    const browser = new TestBrowser(openSingleSignOn(database, otherwise).handler);
    expect(await browser.signIn()).toBe("/sign-in?by=oidc&refused=failed");
  });
});
