import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { expect, type Sender, test } from "./support/fixtures.ts";
import { listKeyUser } from "./support/key-users.ts";
import { PASSWORD } from "./support/people.ts";
import { seriousFaults } from "./support/serious-faults.ts";

const NOTE = "called twice, will call back on Friday";
const SECOND_MANAGER = "second@example.test";
const SIZES = [
  { name: "wide", width: 1440, height: 900 },
  { name: "narrow", width: 390, height: 844 },
] as const;

const dialog = (page: Page) => page.getByRole("dialog", { name: "Sign in again" });
const noteField = (page: Page) => page.getByPlaceholder(/note/i);

/** Ends all sessions of a person, as an administrator does it. */
async function endSessions(dataDir: string, email: string): Promise<void> {
  await promisify(execFile)(
    process.execPath,
    ["server/cli/main.ts", "user", "sign-out", email, "--reason", "a test of sessions that end"],
    { env: { ...process.env, DATA_DIR: dataDir } },
  );
}

async function signInOver(page: Page, email: string, password = PASSWORD): Promise<void> {
  await dialog(page).getByLabel("E-mail or user name").fill(email);
  await dialog(page).getByLabel("Password", { exact: true }).fill(password);
  await dialog(page).getByRole("button", { name: "Sign in", exact: true }).click();
}

async function openCase(page: Page, url: string, userId: number): Promise<void> {
  await page.goto(`${url}/retention`);
  const queue = page.getByRole("region", { name: "Cases", exact: true });
  await queue.getByText(String(userId)).click();
  await expect(noteField(page)).toBeVisible();
}

async function makeCase(page: Page, url: string, sender: Sender, userId: number): Promise<void> {
  await listKeyUser(page, url, userId, "500000.00");
  const change = {
    id: userId,
    now_premium: "1.00",
    gmt_modified: Date.now(),
    open_id: "e2e",
    now_info: "term 10",
  };
  await sender.post("premium-changes", [change]);
}

test("a session that ends is followed by another in place: what was typed stays, and is saved", async ({
  page,
  url,
  dataDir,
  signIn,
  sender,
}) => {
  await makeCase(page, url, sender, 852_001);
  await signIn(page, "manager", SECOND_MANAGER);
  await openCase(page, url, 852_001);
  await noteField(page).fill(NOTE);
  await endSessions(dataDir, SECOND_MANAGER);
  await expect(dialog(page)).toBeVisible(); // the socket has told it
  await expect(noteField(page)).toHaveValue(NOTE);
  await page.keyboard.press("Escape");
  await signInOver(page, SECOND_MANAGER, "not her password");
  await expect(dialog(page).getByRole("alert")).toHaveText(/do not belong together/);
  await signInOver(page, SECOND_MANAGER);
  await expect(dialog(page)).toBeHidden();
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await expect(noteField(page)).toHaveValue(NOTE);
  await page.getByRole("button", { name: "Add note" }).click();
  await expect(page.getByText(NOTE)).toBeVisible();
  await expect(noteField(page)).toHaveValue("");
});

test("what is being sent when the session has ended is sent after signing in", async ({
  page,
  url,
  signIn,
  sender,
}) => {
  await makeCase(page, url, sender, 852_002);
  await signIn(page, "manager", SECOND_MANAGER);
  await openCase(page, url, 852_002);
  await noteField(page).fill(NOTE);
  await page.context().clearCookies(); // the server has not said so yet
  await page.getByRole("button", { name: "Add note" }).click();
  await expect(dialog(page)).toBeVisible();
  await expect(noteField(page)).toHaveValue(NOTE);
  await signInOver(page, SECOND_MANAGER);
  await expect(dialog(page)).toBeHidden();
  await expect(page.getByText(NOTE)).toBeVisible();
  await expect(noteField(page)).toHaveValue("");
});

test("somebody else who signs in there gets a page of their own", async ({ page, url, dataDir, signIn }) => {
  await signIn(page, "manager", SECOND_MANAGER);
  await page.goto(`${url}/retention`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await endSessions(dataDir, SECOND_MANAGER);
  await expect(dialog(page)).toBeVisible();
  await signInOver(page, "ops@example.test");
  await expect(page).toHaveURL(/\/orders/);
  await expect(dialog(page)).toBeHidden();
});

test("who does not want to go on can leave", async ({ page, url, dataDir, signIn }) => {
  await signIn(page, "manager", SECOND_MANAGER);
  await page.goto(`${url}/retention`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await endSessions(dataDir, SECOND_MANAGER);
  await dialog(page).getByRole("button", { name: "Leave this page" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
});

for (const locale of ["en", "zh"] as const) {
  for (const scheme of ["light", "dark"] as const) {
    test(`the dialog in ${locale}, ${scheme}`, async ({ browser, url, dataDir, signIn }) => {
      const context = await browser.newContext({ colorScheme: scheme });
      await context.addCookies([{ name: "locale", value: locale, url }]);
      const page = await context.newPage();
      await signIn(page, "manager", SECOND_MANAGER);
      await page.goto(`${url}/retention`);
      await expect(page.getByText(locale === "en" ? "Live" : "实时", { exact: true })).toBeVisible();
      await endSessions(dataDir, SECOND_MANAGER);
      const title = locale === "en" ? "Sign in again" : "请重新登录";
      await expect(page.getByRole("dialog", { name: title })).toBeVisible();
      for (const size of SIZES) {
        await page.setViewportSize(size);
        expect(await seriousFaults(page)).toEqual([]);
        await page.screenshot({ path: `artifacts/screens/again-${locale}-${scheme}-${size.name}.png` });
      }
      await context.close();
    });
  }
}
