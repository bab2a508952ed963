import { expect, test } from "vitest";
import { ConfigError, parseConfig } from "./config.ts";
import { describeVariables } from "./describe-variables.ts";

test("docs/configuration.md is current (vitest run -u server/config writes it)", async () => {
  await expect(describeVariables()).toMatchFileSnapshot("../../docs/configuration.md");
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
