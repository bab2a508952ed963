import { describe, expect, test } from "vitest";
import { somebody } from "#testing/factories/case-factory.ts";
import { writtenActs } from "#testing/harness/audit-log.ts";
import { casesForEachTest } from "#testing/harness/cases.ts";
import { parseConfig } from "../config/config.ts";
import type { SettingsPatch } from "../contracts/api/settings.ts";
import { SETTING_NAMES, SETTINGS } from "../contracts/settings.ts";
import { CHANNELS, openChannels, openedInForce } from "../notifications/channels.ts";
import { changeSettings } from "./change-settings.ts";
import { SettingsInForce } from "./in-force.ts";
import { businessCalendar, settings, settingsHistory } from "./read-settings.ts";

const ada = somebody("ada");
const harness = casesForEachTest(ada);
const HOOK = {
  NOTIFY_WEBHOOK_URL: "https://hooks.example.com/secret-path",
  NOTIFY_WEBHOOK_SECRET: `whsec_${"A".repeat(43)}=`,
};
const MAIL = { NOTIFY_SMTP_URL: "smtps://mail.example.com", NOTIFY_EMAIL_FROM: "tidewatch@example.com" };

/** A process that was started with these variables. */
function started(environment: Readonly<Record<string, string>> = {}) {
  const config = parseConfig(environment, CHANNELS);
  const { pool, cipher } = harness;
  const reader = new SettingsInForce({ pool, cipher, config, groups: CHANNELS });
  const ctx = { ...harness, config, settings: reader };
  return {
    ctx,
    reader,
    set: (version: number, changes: SettingsPatch["changes"], reason = "as the test asks") =>
      changeSettings(ctx, ada.id, version, { changes, reason }),
  };
}

const itemsOf = (all: Awaited<ReturnType<typeof settings>>) =>
  Object.fromEntries(all.items.map(({ name, ...item }) => [name, item]));

describe("settings", () => {
  test("come with the product until somebody sets one, and each says what is usual", async () => {
    const { ctx } = started();
    const all = await settings(ctx);
    expect(all).toMatchObject({ version: 0, mails: false });
    expect(all.items.map(({ name }) => name)).toEqual(SETTING_NAMES);
    expect(itemsOf(all)).toMatchObject({
      KEEP_LOG: { value: "400d", usual: "400d", origin: "default" },
      BUSINESS_HOURS: { value: "Mon-Fri 09:00-18:00", origin: "default" },
      FOUR_EYES: { value: "none", origin: "default" },
      NOTIFY_EMAIL_TO: { value: null, usual: null, origin: "default" },
    });
  });

  test("are in force at once in every process, and go back to what is usual", async () => {
    const [here, elsewhere] = [started(), started()];
    await here.set(0, {
      KEEP_LOG: "90d",
      REVEALS_PER_HOUR: "7",
      HOLIDAYS: "2026-10-01..2026-10-07 National Day",
    });
    expect(await elsewhere.reader.inForce()).toMatchObject({
      KEEP_LOG: 90 * 86_400_000,
      REVEALS_PER_HOUR: 7,
      HOLIDAYS: [{ first: "2026-10-01", last: "2026-10-07", name: "National Day", isWorked: false }],
      CONTACT_LIMIT_TIMES: 3,
    });
    await elsewhere.set(1, { KEEP_LOG: null });
    expect((await here.reader.inForce()).KEEP_LOG).toBe(400 * 86_400_000);
    expect((await here.reader.inForce()).REVEALS_PER_HOUR).toBe(7);
  });

  test("give way to the environment, which is told and cannot be set over", async () => {
    await started().set(0, { KEEP_LOG: "90d" });
    const { ctx, reader, set } = started({ KEEP_LOG: "30d" });
    expect((await reader.inForce()).KEEP_LOG).toBe(30 * 86_400_000);
    expect(itemsOf(await settings(ctx)).KEEP_LOG).toEqual({
      value: "30d",
      usual: "400d",
      origin: "environment",
    });
    await expect(set(1, { KEEP_LOG: "60d" })).rejects.toMatchObject({
      code: "set_by_environment",
      status: 409,
    });
    expect((await started().reader.inForce()).KEEP_LOG).toBe(90 * 86_400_000);
  });

  test("are a version each: who saw an older one is told, of two at once one passes", async () => {
    const { set } = started();
    await set(0, { KEEP_LOG: "90d" });
    await expect(set(0, { KEEP_LOG: "60d" })).rejects.toMatchObject({ code: "conflict" });
    const both = await Promise.allSettled([set(1, { KEEP_LOG: "60d" }), set(1, { KEEP_LOG: "61d" })]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  test("have a history: who, why, before and after; and an audit row each", async () => {
    const { set, ctx } = started();
    await set(0, { KEEP_LOG: "90d" }, "the disk is small");
    await set(1, { KEEP_LOG: null, REVEALS_PER_HOUR: "7" });
    expect((await settingsHistory(ctx, { limit: 10 })).items).toMatchObject([
      {
        version: 2,
        changes: expect.arrayContaining([
          { name: "KEEP_LOG", before: "90d", after: null },
          { name: "REVEALS_PER_HOUR", before: null, after: "7" },
        ]),
      },
      { version: 1, createdBy: { id: "ada", name: ada.name }, reason: "the disk is small" },
    ]);
    expect(await writtenActs(harness.pool)).toMatchObject([
      {
        actor: "ada",
        action: "settings.change",
        subject: "settings 1",
        details: { reason: "the disk is small" },
      },
      { action: "settings.change", subject: "settings 2" },
    ]);
  });

  test.each<[SettingsPatch["changes"], string]>([
    [{ KEEP_LOG: "1ms" }, "KEEP_LOG cannot be used: write 1d or more, or 0d for ever."],
    [{ KEEP_AUDIT_DETAILS: "29d" }, "KEEP_AUDIT_DETAILS cannot be used: write 30d or more, or 0d for ever."],
    [{ REVEALS_PER_HOUR: "many" }, "REVEALS_PER_HOUR cannot be used: write a whole number in digits."],
    [{ BUSINESS_HOURS: "nine to five" }, "BUSINESS_HOURS cannot be used: write weekdays with hours"],
    [{ HOLIDAYS: "2026-02-30" }, "HOLIDAYS cannot be used: write a day or days a line"],
    [{ FOUR_EYES: "everything" }, "FOUR_EYES cannot be used: write some of thresholds, list, roles"],
    [{ NOTIFY_EMAIL_TO: "ada@example.com" }, "NOTIFY_SMTP_URL"],
    [{ NOTIFY_WEBHOOK_URL: HOOK.NOTIFY_WEBHOOK_URL }, "NOTIFY_WEBHOOK_SECRET cannot be used: missing"],
    [
      { ...HOOK, NOTIFY_WEBHOOK_URL: "http://10.0.0.1/" },
      "NOTIFY_WEBHOOK_URL cannot be used: write an https address",
    ],
    [{}, "These settings are in force already."],
  ])("%j is refused, and nothing is set", async (changes, why) => {
    const { set, ctx } = started();
    await expect(set(0, changes)).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining(why),
    });
    expect((await settings(ctx)).version).toBe(0);
  });

  test("keep secrets sealed: neither table, history, answer nor audit log shows one", async () => {
    const { set, ctx, reader } = started();
    await set(0, HOOK);
    const { rows } = await harness.pool.query(
      "SELECT s::text AS row FROM settings_version s UNION ALL SELECT d::text FROM audit_detail d",
    );
    const shown = JSON.stringify([rows, await settings(ctx), await settingsHistory(ctx, { limit: 10 })]);
    expect(shown).not.toContain("secret-path");
    expect(shown).not.toContain("AAAAAA");
    expect(itemsOf(await settings(ctx)).NOTIFY_WEBHOOK_URL).toEqual({
      value: null,
      usual: null,
      origin: "settings",
    });
    expect((await reader.inForce()).groups.webhook).toEqual(HOOK);
  });

  test("open and close a channel while the system runs, beside what the environment says of it", async () => {
    const { set, reader } = started({ ...MAIL, NOTIFY_LANGUAGE: "zh" });
    const channels = openedInForce(reader, (config) => openChannels(config, Date.now));
    expect(await channels()).toEqual([]);
    await set(0, { NOTIFY_EMAIL_TO: "ada@example.com\nbo@example.com", ...HOOK });
    expect((await reader.inForce()).groups.email).toMatchObject({
      NOTIFY_EMAIL_TO: ["ada@example.com", "bo@example.com"],
      NOTIFY_LANGUAGE: "zh",
    });
    const opened = await channels();
    expect(opened.map(({ name }) => name)).toEqual(["webhook", "email"]);
    expect(await channels()).toBe(opened);
    await set(1, { NOTIFY_WEBHOOK_URL: null, NOTIFY_WEBHOOK_SECRET: null });
    expect((await channels()).map(({ name }) => name)).toEqual(["email"]);
    // Without a mail server, receivers are none.
    expect((await started().reader.inForce()).groups.email).toBeNull();
  });

  test("tell everybody who calls customers when the office is open", async () => {
    const { set, ctx } = started();
    await set(0, { BUSINESS_HOURS: "Mon-Sat 08:30-17:00" });
    expect(await businessCalendar(ctx)).toEqual({
      zone: "Asia/Shanghai",
      hours: "Mon-Sat 08:30-17:00",
      days: "",
    });
  });

  test("are variables of the environment as well, each", () => {
    const known = parseConfig({}, CHANNELS);
    const declared = [...Object.keys(known), ...CHANNELS.flatMap((channel) => Object.keys(channel.settings))];
    // HOLIDAYS and the like are always there; what a channel declares is there with it.
    for (const name of Object.keys(SETTINGS)) expect(declared).toContain(name);
  });
});
