import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { at } from "#testing/factories/events.ts";
import { startTestServer, type TestServer } from "#testing/harness/writer-harness.ts";
import { audienceNow } from "./audience-now.ts";
import { accountLastPages, lastPages } from "./last-pages.ts";

const NOW = at("11-22 12:00");
const DAY = 86_400_000;

/** account, device, time, page type, page name */
const PAGES: readonly (readonly [string, string, number, string | null, string | null])[] = [
  ["two-devices", "d1", NOW - 60_000, "home", "首页"],
  ["two-devices", "d2", NOW - 5_000, "claim", "理赔"],
  ["tie-by-name", "d1", NOW - 5_000, "claim", null],
  ["tie-by-name", "d2", NOW - 5_000, "claim", "a"],
  ["tie-by-bytes", "d1", NOW - 5_000, "claim", "B"],
  ["tie-by-bytes", "d2", NOW - 5_000, "claim", "a"],
  ["tie-by-type", "d1", NOW - 5_000, null, "a"],
  ["tie-by-type", "d2", NOW - 5_000, "claim", "a"],
  ["no-device", "", NOW - 90_000, "quote", null],
  ["no-device", "d1", NOW - 10_000, "home", null],
  ["just-in", "d1", NOW - 30 * DAY, "home", "h"],
  ["just-out", "d1", NOW - 30 * DAY - 1, "home", "h"],
  ["gone", "d1", NOW - 16 * 60_000, "home", "h"],
];

describe("last pages", () => {
  let server: TestServer;
  let pool: pg.Pool;

  beforeAll(async () => {
    server = await startTestServer();
    pool = new pg.Pool({ connectionString: await server.freshDatabase() });
    const rows = PAGES.map(([account_id, device_id, log_time, page_type, page_name], seq) => {
      return { account_id, device_id, log_time, page_type, page_name, seq };
    });
    await pool.query("INSERT INTO last_page SELECT * FROM jsonb_populate_recordset(NULL::last_page, $1)", [
      JSON.stringify(rows),
    ]);
  });
  afterAll(async () => {
    await pool.end();
    await server.stop();
  });

  const config = { LAST_PAGE_MAX_AGE: 30 * DAY } as Parameters<typeof lastPages>[0]["config"];
  const ask = (...keys: [accountId: string, deviceId: string | null][]) =>
    lastPages(
      { pool, config, now: () => NOW },
      keys.map(([accountId, deviceId]) => ({ accountId, deviceId })),
    );

  test.each([
    ["the newest of the devices (P4)", "two-devices", "d2"],
    ["at one time the greater page name, null lowest (P3)", "tie-by-name", "d2"],
    ["text by its bytes, not by a language (C6)", "tie-by-bytes", "d2"],
    ["then the greater page type, null lowest (P3)", "tie-by-type", "d2"],
    ["a named device before the empty one, when newer", "no-device", "d1"],
  ])("by account alone: %s", async (_, account, device) => {
    expect((await ask([account, null]))[0]).toMatchObject({ deviceId: device, status: "PRESENT" });
  });

  test("by account and device, the empty device among them (P2), with time and age", async () => {
    expect(await ask(["no-device", ""])).toEqual([
      {
        accountId: "no-device",
        deviceId: "",
        pageType: "quote",
        pageName: null,
        eventTime: new Date(NOW - 90_000).toISOString(),
        ageSeconds: 90,
        status: "PRESENT",
      },
    ]);
  });

  test("the greatest age is still present, a millisecond more is outside (P4)", async () => {
    const answers = await ask(["just-in", null], ["just-out", null], ["just-out", "d1"]);
    expect(answers.map((answer) => answer.status)).toEqual(["PRESENT", "OUTSIDE_MAX_AGE", "OUTSIDE_MAX_AGE"]);
  });

  test("many keys are answered in their order, unknown and repeated ones too", async () => {
    const answers = await ask(
      ["nobody", null],
      ["two-devices", "d1"],
      ["nobody\u0000", "d"],
      ["two-devices", "d1"],
    );
    expect(answers.map(({ accountId, deviceId, status }) => [accountId, deviceId, status])).toEqual([
      ["nobody", null, "NOT_FOUND"],
      ["two-devices", "d1", "PRESENT"],
      ["nobody\u0000", "d", "NOT_FOUND"],
      ["two-devices", "d1", "PRESENT"],
    ]);
  });

  test("all devices of an account, newest first", async () => {
    const items = await accountLastPages({ pool, config, now: () => NOW }, "two-devices", null);
    expect(items.map((item) => item.deviceId)).toEqual(["d2", "d1"]);
  });

  test("whoever has a data scope is told nothing of accounts that are no customers of it", async () => {
    await pool.query(
      "INSERT INTO key_user (user_id, raw_premium, segment) VALUES (71, 1, 'east'), (72, 1, 'west')",
    );
    await pool.query(
      "INSERT INTO last_page (account_id, device_id, log_time, seq) VALUES ('71', '', $1, 1), ('72', '', $1, 2)",
      [NOW],
    );
    const pagesOf = (account: string, scope: readonly string[] | null) =>
      accountLastPages({ pool, config, now: () => NOW }, account, scope);
    expect(await pagesOf("71", ["east"])).toHaveLength(1);
    for (const account of ["72", "two-devices", "nobody"])
      expect(await pagesOf(account, ["east"])).toEqual([]);
    expect(await pagesOf("72", null)).toHaveLength(1);
    await pool.query("DELETE FROM last_page WHERE account_id IN ('71', '72'); DELETE FROM key_user");
  });

  test("where people are now: each account once, on its newest page, while it is within the window", async () => {
    const now = await audienceNow({ pool, now: () => NOW, epoch: "e" });
    expect(now.accounts).toBe(5);
    expect(now.byType).toEqual([
      { pageType: "claim", accounts: 4 },
      { pageType: "home", accounts: 1 },
    ]);
    expect(now.byPage.reduce((sum, page) => sum + page.accounts, 0)).toBe(5);
  });
});
