import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, signInAt, test } from "./support/fixtures.ts";
import { seriousFaults } from "./support/serious-faults.ts";
import { startServer, type TestServer } from "./support/server.ts";

/** The life of a demo's folder: outside of the demo nobody of it gets in, and wiping it leads to the first administrator. */

const FOLDER = "artifacts/screens";
const WORDS = {
  en: {
    closed: /holds a demo, and its people cannot sign in/,
    wipe: "Wipe the demo",
    title: "Wipe all demo data?",
    next: /the next page makes the first one/,
    confirm: "Wipe everything",
  },
  zh: {
    closed: /演示人员只能在演示中登录/,
    wipe: "清空演示数据",
    title: "清空全部演示数据？",
    next: /下一页即可创建首位管理员/,
    confirm: "全部清空",
  },
} as const;
const LANGUAGES = ["en", "zh"] as const;

let dataDir: string;
let server: TestServer;

test.beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "tidewatch-wipe-"));
  await chmod(dataDir, 0o755);
});
test.afterAll(() => rm(dataDir, { recursive: true, force: true }));
test.afterEach(() => server.stop());

const start = async (demo: "0" | "1") => {
  server = await startServer({ DATA_DIR: dataDir, DEMO: demo });
};

async function inLanguage(page: Page, language: "en" | "zh"): Promise<(typeof WORDS)["en" | "zh"]> {
  await page.context().addCookies([{ name: "locale", value: language, url: server.url }]);
  return WORDS[language];
}

const picture = (page: Page, name: string) => page.screenshot({ path: `${FOLDER}/${name}-wide.png` });

test("outside of the demo the sign-in page says why its people do not get in, and how to go on", async ({
  page,
}) => {
  test.setTimeout(240_000);
  await start("1");
  await server.stop();
  await start("0");
  for (const language of LANGUAGES) {
    const words = await inLanguage(page, language);
    await page.goto(`${server.url}/sign-in`);
    await expect(page.getByRole("note")).toHaveText(words.closed);
    await expect(page.getByRole("note")).toContainText("npm run demo");
    await expect(page.getByRole("button", { name: /Ada Moreau/ })).toHaveCount(0);
    expect(await seriousFaults(page)).toEqual([]);
    await picture(page, `closed-demo-${language}`);
  }
  await page.getByRole("textbox").first().fill("admin@tidewatch.demo");
  await page.locator("input[type=password]").fill("tidewatch-demo");
  await page.getByRole("button", { name: "登录" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "不匹配" })).toBeVisible();
});

test("who wipes the demo makes the first administrator, and nobody of the demo is offered any more", async ({
  page,
  browser,
}) => {
  test.setTimeout(240_000);
  await start("1");
  await signInAt(server.url, page, "admin@tidewatch.demo", "tidewatch-demo");
  for (const language of LANGUAGES) {
    const words = await inLanguage(page, language);
    await page.goto(`${server.url}/key-users`);
    await page.getByRole("button", { name: words.wipe }).click();
    const dialog = page.getByRole("dialog", { name: words.title });
    await expect(dialog).toContainText(words.next);
    expect(await seriousFaults(page)).toEqual([]);
    await picture(page, `wipe-${language}`);
  }
  await page.getByRole("button", { name: WORDS.zh.confirm }).click();
  await expect(page).toHaveURL(/\/setup\?token=/, { timeout: 30_000 }); // the wipe waits for who writes and reads just then
  await expect(page.getByRole("heading", { name: "创建首位管理员" })).toBeVisible();
  await picture(page, "wiped-zh");
  await inLanguage(page, "en");
  await page.reload();
  await expect(page.getByRole("heading", { name: "Make the first administrator" })).toBeVisible();
  await picture(page, "wiped-en");

  await page.getByLabel("Name", { exact: true }).fill("Real Administrator");
  await page.getByLabel("E-mail").fill("real@example.test");
  await page.getByLabel(/^Password/).fill("a long test password");
  await page.getByRole("button", { name: "Make administrator" }).click();
  await expect(page).toHaveURL(/\/key-users/);
  await expect(page.getByRole("button", { name: "Your account: Real Administrator" })).toBeVisible();
  await expect(page.getByText("Demo: everything here is invented.")).toHaveCount(0);

  const stranger = await browser.newContext();
  const door = await stranger.newPage();
  await door.goto(`${server.url}/sign-in`);
  await expect(door.getByRole("button", { name: "Sign in" })).toBeVisible();
  await expect(door.getByText("This is a demo")).toHaveCount(0);
  await expect(door.getByRole("button", { name: /Ada Moreau/ })).toHaveCount(0);
  await stranger.close();
});
