import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { AuthenticatorApp } from "../testing/factories/codes.ts";
import { type MailServer, startMailServer } from "../testing/harness/mail-server.ts";
import { openAccountMenu } from "./support/account-menu.ts";
import { expect, signInAt, test } from "./support/fixtures.ts";
import { makePeople, PASSWORD } from "./support/people.ts";
import { seriousFaults } from "./support/serious-faults.ts";
import { startServer, type TestServer } from "./support/server.ts";

const ADMIN = "admin@example.test";
const MANAGER = "manager@example.test";
const NEW_NAME = "Ada Administrator";

let server: TestServer;
let mail: MailServer;
let app: AuthenticatorApp;
let recoveryCodes: string[];

// One story of one person, told in order: what each part leaves, the next begins with.
test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  test.setTimeout(180_000);
  mail = await startMailServer();
  server = await startServer({
    REQUIRE_SECOND_FACTOR: "administrators",
    NOTIFY_SMTP_URL: mail.url,
    NOTIFY_EMAIL_FROM: "tidewatch@example.test",
  });
  await makePeople(server);
});
test.afterAll(async () => {
  await server.stop();
  mail.close();
});

async function givePassword(page: Page, email = ADMIN): Promise<void> {
  await page.getByLabel("E-mail or user name").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function giveCode(page: Page, code: string): Promise<void> {
  await page.getByLabel("Code of six digits").fill(code);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function signOut(page: Page): Promise<void> {
  await openAccountMenu(page);
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
}

/** A code is taken once: the next one is there when its half minute has begun. */
async function nextCode(after: string): Promise<string> {
  await expect.poll(() => app.code(1), { timeout: 40_000 }).not.toBe(after);
  return app.code(1);
}

test("an administrator signs in, must enrol, keeps the recovery codes, and is where they wanted to go", async ({
  page,
}) => {
  await page.goto(`${server.url}/sign-in?to=%2Fpipeline`);
  await givePassword(page);
  await expect(page).toHaveURL(/\/enrol\?to=%2Fpipeline/);
  expect(await seriousFaults(page)).toEqual([]);

  // Nothing else opens, for pages and for programs.
  await page.goto(`${server.url}/key-users`);
  await expect(page).toHaveURL(/\/enrol/);
  const refused = await page.request.get(`${server.url}/api/v1/key-users`);
  expect([refused.status(), ((await refused.json()) as { code: string }).code]).toEqual([
    403,
    "second_factor_needed",
  ]);

  await page.goto(`${server.url}/enrol?to=%2Fpipeline`);
  await page.getByLabel("Your password, once more").fill("not her password");
  await page.getByRole("button", { name: "Begin" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "not right" })).toBeVisible();
  await page.getByLabel("Your password, once more").fill(PASSWORD);
  await page.getByRole("button", { name: "Begin" }).click();
  await expect(page.getByRole("img", { name: "QR code for the authenticator app" })).toBeVisible();
  expect(await seriousFaults(page)).toEqual([]);
  const key = (await page.locator("code").textContent())?.replaceAll(" ", "") ?? "";
  app = new AuthenticatorApp(`otpauth://totp/x?secret=${key}`);

  await page.getByLabel("Code of six digits").fill(app.wrongCode());
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "That code is not right" })).toBeVisible();
  await page.getByLabel("Code of six digits").fill(app.code());
  await page.getByRole("button", { name: "Confirm" }).click();

  const codes = page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await expect(codes).toHaveCount(10);
  recoveryCodes = await codes.allTextContents();
  expect(await seriousFaults(page)).toEqual([]);
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download" }).click();
  const kept = await readFile(await (await downloading).path(), "utf8");
  expect(kept.trim().split("\n")).toEqual(recoveryCodes);
  const goOn = page.getByRole("button", { name: "Go on" });
  await expect(goOn).toBeDisabled();
  await page.getByLabel("I have kept them").check();
  await goOn.click();
  await expect(page).toHaveURL(/\/pipeline/);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await signOut(page);
});

test("signs in with a code; a wrong one and a spent one are told so", async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto(`${server.url}/sign-in`);
  await givePassword(page);
  await expect(page.getByLabel("Code of six digits")).toBeFocused();
  expect(await seriousFaults(page)).toEqual([]);
  await giveCode(page, app.wrongCode());
  await expect(page.getByRole("alert").filter({ hasText: "That code is not right" })).toBeVisible();
  const code = app.code(1);
  await giveCode(page, code);
  await expect(page).toHaveURL(/\/key-users/);
  await signOut(page);
  await givePassword(page);
  await giveCode(page, code);
  await expect(page.getByRole("alert").filter({ hasText: "used already" })).toBeVisible();
  await giveCode(page, await nextCode(code));
  await expect(page).toHaveURL(/\/key-users/);
  await signOut(page);
});

test("signs in with a recovery code, once", async ({ page }) => {
  test.setTimeout(120_000);
  const [code = ""] = recoveryCodes;
  for (const isFirst of [true, false]) {
    await page.goto(`${server.url}/sign-in`);
    await givePassword(page);
    await page.getByRole("button", { name: "Use a recovery code instead" }).click();
    await page.getByLabel("Recovery code", { exact: true }).fill(code.toUpperCase());
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    if (isFirst) {
      await expect(page).toHaveURL(/\/key-users/);
      await signOut(page);
    } else {
      await expect(page.getByRole("alert").filter({ hasText: "none of your recovery codes" })).toBeVisible();
    }
  }
});

test("the person's own page: name, codes that are left, sessions; another device is signed out", async ({
  page,
  browser,
}) => {
  const signIn = async (on: Page, code: string) => {
    await on.goto(`${server.url}/sign-in?to=%2Fme`);
    await givePassword(on);
    await on.getByRole("button", { name: "Use a recovery code instead" }).click();
    await on.getByLabel("Recovery code", { exact: true }).fill(code);
    await on.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(on).toHaveURL(/\/me/);
  };
  await signIn(page, recoveryCodes[1] ?? "");
  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await signIn(other, recoveryCodes[2] ?? "");
  await page.reload();
  await expect(page.getByText("7 recovery codes are left.")).toBeVisible();
  expect(await seriousFaults(page)).toEqual([]);

  await page.getByLabel("Name", { exact: true }).fill(NEW_NAME);
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByRole("button", { name: new RegExp(`^Your account: ${NEW_NAME}`) })).toBeVisible();

  await page.getByRole("button", { name: "End all others" }).click();
  await expect(page.getByText("You are signed in nowhere else.")).toBeVisible();
  await expect(other.getByRole("dialog", { name: "Sign in again" })).toBeVisible();
  await elsewhere.close();

  await page.getByRole("button", { name: "New recovery codes" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Your password").fill(PASSWORD);
  await dialog.getByRole("button", { name: "New recovery codes" }).click();
  await expect(dialog.getByRole("listitem")).toHaveCount(10);
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(page.getByText("10 recovery codes are left.")).toBeVisible();
});

test("over a page whose session has ended the code is asked for as well", async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto(`${server.url}/sign-in`);
  await givePassword(page);
  await giveCode(page, await nextCode(app.code(1)));
  await expect(page).toHaveURL(/\/key-users/);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.context().clearCookies();
  await page.getByRole("button", { name: "Import log" }).click();
  const dialog = page.getByRole("dialog", { name: "Sign in again" });
  await expect(dialog).toBeVisible();
  await dialog.getByLabel("E-mail or user name").fill(ADMIN);
  await dialog.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await dialog.getByRole("button", { name: "Sign in", exact: true }).click();
  await dialog.getByLabel("Code of six digits").fill(await nextCode(app.code(1)));
  await dialog.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(dialog).toBeHidden();
});

test("a manager of whom none is asked works without one, chooses of what they are told, and is told of the new browser", async ({
  page,
  browser,
}) => {
  const known = await browser.newContext(); // the first sign-in of all is no news
  await signInAt(server.url, await known.newPage(), MANAGER, PASSWORD);
  await known.close();
  await signInAt(server.url, page, MANAGER, PASSWORD);
  await page.goto(`${server.url}/me`);
  await expect(page.getByRole("link", { name: "Set up a second factor" })).toBeVisible();
  const alerts = page.getByRole("switch", { name: "Alerts" });
  await expect(alerts).not.toBeChecked();
  await alerts.click();
  await expect(alerts).toBeChecked();
  await page.reload();
  await expect(alerts).toBeChecked();
  await expect(page.getByRole("switch", { name: "Four eyes" })).toHaveCount(0);
  expect(await seriousFaults(page)).toEqual([]);
  const theirs = () => mail.mails().filter((each) => each.includes(`To: ${MANAGER}`));
  await expect.poll(() => theirs().length, { timeout: 10_000 }).toBe(1);
  expect(theirs()[0]).toContain("Signed in from a new browser");
  await page.goto(`${server.url}/retention`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
});
