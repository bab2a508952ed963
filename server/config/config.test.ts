import { describe, expect, test } from "vitest";
import { CHANNELS } from "../notifications/channels.ts";
import { ConfigError, parseConfig as parseWith } from "./config.ts";
import { describeVariables } from "./describe-variables.ts";
import { providerSettings } from "./providers/providers.ts";
import { variables } from "./variables.ts";

/** As the product parses its environment: with the settings of the channels. */
const parseConfig = (environment: Parameters<typeof parseWith>[0]) => parseWith(environment, CHANNELS);

test("docs/configuration.md is current (vitest run -u server/config writes it)", async () => {
  await expect(describeVariables(CHANNELS)).toMatchFileSnapshot("../../docs/configuration.md");
});

test("an empty environment is a whole configuration", () => {
  expect(parseConfig({})).toMatchObject({
    PORT: 3000,
    BUSINESS_TIME_ZONE: "Asia/Shanghai",
    DAY_CLOSE_AFTER_HOURS: 24,
    MAX_FUTURE_SKEW_MS: 300_000,
    LAST_PAGE_MAX_AGE: 30 * 86_400_000,
    DEMO: false,
  });
  expect(parseConfig({ PORT: "", LAST_PAGE_MAX_AGE: "12h" })).toMatchObject({
    PORT: 3000,
    LAST_PAGE_MAX_AGE: 43_200_000,
  });
});

test("every bad variable is named, and no value is shown", () => {
  const parse = () =>
    parseConfig({
      PORT: "70000",
      BUSINESS_TIME_ZONE: "Asia/Atlantis",
      DATABASE_URL: "mysql://hunter2@host/db",
      SECRET_KEY: "hunter2",
      LAST_PAGE_MAX_AGE: "hunter2",
    });
  expect(parse).toThrow(ConfigError);
  for (const name of ["PORT", "BUSINESS_TIME_ZONE", "DATABASE_URL", "SECRET_KEY", "LAST_PAGE_MAX_AGE"]) {
    expect(parse).toThrow(name);
  }
  expect(parse).not.toThrow("hunter2");
});

test("the first administrator's address and password go together", () => {
  expect(() => parseConfig({ INIT_ADMIN_EMAIL: "a@b.cn" })).toThrow("INIT_ADMIN_PASSWORD");
});

test.each([
  ["a".repeat(11), false],
  ["a".repeat(12), true],
  ["a".repeat(128), true],
  ["a".repeat(129), false],
  ["\u{1f30a}".repeat(128), true],
  ["e\u0301".repeat(11), false], // one character each, however it is written
])("the first administrator's password has as many characters as any other: %s", (password, works) => {
  const parse = () => parseConfig({ INIT_ADMIN_EMAIL: "a@b.cn", INIT_ADMIN_PASSWORD: password });
  if (works) expect(parse).not.toThrow();
  else expect(parse).toThrow(/INIT_ADMIN_PASSWORD.*12 to 128 characters/);
});

test.each([
  ["PUBLIC_URL", "https://example.com/tidewatch"],
  ["PUBLIC_URL", "https://example.com/?a=1"],
  ["PUBLIC_URL", "https://example.com/#top"],
  ["PUBLIC_URL", "https://ada:hunter2@example.com"],
  ["PUBLIC_URL", "ftp://example.com"],
  ["PUBLIC_URL", "example.com"],
  ["TRUSTED_PROXIES", "10.0.0.1, proxy"],
  ["TRUSTED_PROXIES", "0.0.0.0/0"],
  ["TRUSTED_PROXIES", ","],
  ["METRICS_OPEN", "yes"],
  ["PORT", "65536"],
  ["PORT", " "],
  ["PORT", "0x50"],
  ["PORT", "6000"],
  ["HOST", "http://0.0.0.0"],
  ["HOST", "999.1.1.1"],
  ["DATA_DIR", "package.json"],
  ["DATA_DIR", "package.json/data"],
  ["DATABASE_URL", "postgres://"],
  ["DATABASE_URL", "postgres://tidewatch:%zz@db/tidewatch"],
  ["DATABASE_URL", "postgres://tidewatch:a@b:c/tidewatch"],
  ["BUSINESS_TIME_ZONE", "+08:00"],
  ["DAY_CLOSE_AFTER_HOURS", "1e2"],
  ["MAX_FUTURE_SKEW_MS", " "],
  ["LAST_PAGE_MAX_AGE", "0d"],
  ["LAST_PAGE_MAX_AGE", "99999999d"],
  ["KEEP_LOG", "1ms"],
  ["KEEP_NOTICES", "36501d"],
  ["KEEP_IMPORTS", "36501d"],
  ["KEEP_AUDIT_DETAILS", "29d"],
  ["NOTIFY_SMTP_URL", "smtp:mail"],
  ["NOTIFY_SMTP_URL", "smtp://"],
  ["NOTIFY_EMAIL_FROM", "Tidewatch"],
  ["NOTIFY_EMAIL_TO", ","],
  ["BUSINESS_HOURS", "nine to five"],
  ["HOLIDAYS", "2026-02-30"],
  ["FOUR_EYES", "everything"],
  ["NOTIFY_WEBHOOK_URL", "http://hooks.example.com"],
  ["NOTIFY_HEARTBEAT_URL", "http://up.example.com"],
  ["PUBLIC_URL", "https://example.com:6000"],
  ["PUBLIC_URL", "https://example.com:0"],
  ["DATABASE_READER_URL", "mysql://reader@db/tidewatch"],
  ["INIT_ADMIN_EMAIL", "ada"],
  ["INIT_ADMIN_PASSWORD", "short"],
  ["INIT_API_KEY", "k".repeat(31)],
  ["INIT_API_KEY", `${"k".repeat(20)} ${"k".repeat(20)}`],
  ["REQUIRE_SECOND_FACTOR", "managers"],
  ["SECRET_KEY", "s".repeat(31)],
  ["BACKUP_KEY", "b".repeat(31)],
  ["NOTIFY_WEBHOOK_SECRET", "whsec_short"],
  ["NOTIFY_LANGUAGE", "fr"],
  ["LOG_LEVEL", "loud"],
  ["DEMO", "true"],
  ["DEMO_SPEED", "0x10"],
  ["DEMO_SEED", "-1"],
])("%s cannot be %j: the start says so by name", (name, value) => {
  expect(() => parseConfig({ [name]: value })).toThrow(new RegExp(`^ +${name}: `, "m"));
});

test.each([
  ["https://example.com/", "https://example.com"],
  ["HTTPS://Example.com:443", "https://example.com"],
  ["http://localhost:3000", "http://localhost:3000"],
  ["https://[::1]:8443", "https://[::1]:8443"],
])("PUBLIC_URL %s means %s", (given, expected) => {
  expect(parseConfig({ PUBLIC_URL: given }).PUBLIC_URL).toBe(expected);
});

test.each([
  { HOST: "::" },
  { PORT: "6000", PUBLIC_URL: "https://tidewatch.example.com" },
  { HOST: "localhost" },
  { HOST: "tidewatch-1.internal" },
  { DATABASE_URL: "postgresql:///tidewatch?host=/var/run/postgresql" },
  { DATABASE_URL: "postgres://u:p%40ss@db:5432/tidewatch?sslmode=require" },
  { DATA_DIR: "no/such/folder" },
  { TRUSTED_PROXIES: "10.0.0.1,fd00::/8, ::ffff:10.1.0.0/112," },
  { NOTIFY_HEARTBEAT_URL: "http://up.example.com", NOTIFY_ALLOW_PRIVATE: "1" },
  { KEEP_LOG: "0d", DEMO_SPEED: "1.5" },
])("%j works", (given) => {
  expect(() => parseConfig(given)).not.toThrow();
});

test("receivers without a mail server are told what is missing", () => {
  expect(() => parseConfig({ NOTIFY_EMAIL_TO: "ada@example.com" })).toThrow(
    "NOTIFY_SMTP_URL: missing; set it as well, for NOTIFY_EMAIL_TO needs it",
  );
});

test("what is missing beside another is named together with what is wrong", () => {
  const parse = () => parseConfig({ PORT: "x", NOTIFY_SMTP_URL: "smtp://mail", INIT_ADMIN_EMAIL: "a@b.cn" });
  for (const name of ["PORT", "INIT_ADMIN_PASSWORD", "NOTIFY_EMAIL_FROM"]) {
    expect(parse).toThrow(new RegExp(`^ .*${name}.*: `, "m"));
  }
});

/** Values that one variable or another cannot have. */
const WRONG = [
  " ",
  ",",
  "?",
  "yes",
  "-1",
  "1.5.5",
  "9".repeat(17),
  "9".repeat(400),
  `${"9".repeat(17)}d`,
  `${"9".repeat(400)}.5`,
  "1ms",
  "1y",
  "mysql://db/tidewatch",
  "package.json",
  "\n<@>",
  "x".repeat(300),
];

test.each(
  [variables.shape, ...CHANNELS.map(({ settings }) => settings)].flatMap((shape) => Object.keys(shape)),
)("%s says in plain words how it is written, whatever stands there", (name) => {
  const told = WRONG.flatMap((value) => messagesOf({ [name]: value }));
  expect(told).not.toEqual([]);
  for (const message of told) {
    expect(message).not.toMatch(
      /invalid|too (small|big)|expected|received|unrecognized|undefined|must (be|match)/i,
    );
    expect(message).toMatch(/\b(write|set|name|take|browsers refuse)\b/);
  }
});

test("a number that is only too large is told so", () => {
  const parse = () => parseConfig({ MAX_FUTURE_SKEW_MS: "9".repeat(17), KEEP_LOG: `${"9".repeat(17)}d` });
  expect(parse).toThrow("MAX_FUTURE_SKEW_MS: write 3153600000000 or less");
  expect(parse).toThrow("KEEP_LOG: write 36500d or less");
});

function messagesOf(environment: Record<string, string>): string[] {
  try {
    parseConfig(environment);
    return [];
  } catch (error) {
    return (error as Error).message.split("\n").slice(1);
  }
}

describe("single sign-on", () => {
  const WHOLE = {
    PUBLIC_URL: "https://tidewatch.test",
    OIDC_ISSUER: "https://id.example.com/realms/harbour",
    OIDC_CLIENT_ID: "tidewatch",
    OIDC_CLIENT_SECRET: "secret",
    OIDC_ROLES: "tw-admins=administrator, cn=staff=manager",
  };
  const parse = (changed: Readonly<Record<string, string>> = {}) => parseConfig({ ...WHOLE, ...changed });

  test("is whole or not at all, with defaults for the rest", () => {
    expect(providerSettings(parseConfig({}), "oidc")).toBeNull();
    expect(providerSettings(parse(), "oidc")).toMatchObject({
      OIDC_ROLES: [
        { group: "tw-admins", role: "administrator" },
        { group: "cn=staff", role: "manager" },
      ],
      OIDC_GROUPS_CLAIM: "groups",
      OIDC_SIGN_UP: false,
      OIDC_TRUST_EMAIL: false,
      OIDC_SECOND_FACTOR_AMR: ["mfa", "otp", "hwk", "sc"],
    });
  });

  test.each([
    ["a part of it", { OIDC_CLIENT_SECRET: "" }, /OIDC_CLIENT_SECRET: missing; set OIDC_ISSUER/],
    [
      "no address of its own",
      { PUBLIC_URL: "" },
      /PUBLIC_URL: missing; set it as well, for OIDC_ISSUER needs it/,
    ],
    ["an issuer without TLS", { OIDC_ISSUER: "http://id.example.com" }, /OIDC_ISSUER: write the https/],
    ["an issuer with a query", { OIDC_ISSUER: "https://id.example.com?x=1" }, /OIDC_ISSUER: write the https/],
    ["a role that there is not", { OIDC_ROLES: "all=king" }, /OIDC_ROLES: write group=role/],
    ["a group without a role", { OIDC_ROLES: "all" }, /OIDC_ROLES: write group=role/],
    ["no group", { OIDC_ROLES: "," }, /OIDC_ROLES: write group=role/],
  ])("%s stops the start", (_, changed, fault) => {
    expect(() => parse(changed)).toThrow(fault);
  });
});
