import { expect, test } from "./support/fixtures.ts";
import { startServer, type TestServer } from "./support/server.ts";

let server: TestServer;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  server = await startServer({});
});
test.afterAll(() => server.stop());

test("the link of the log makes the first administrator, once", async ({ page, browser }) => {
  const link = /http:\S+\/setup\?token=[\w-]+/.exec(server.log())?.[0] ?? "no link in the log";
  await page.goto(link);
  await page.getByLabel("Name", { exact: true }).fill("First Administrator");
  await page.getByLabel("E-mail").fill("first@example.test");
  await page.getByLabel(/^Password/).fill("a long test password");
  await page.getByRole("button", { name: "Make administrator" }).click();
  await expect(page).toHaveURL(/\/key-users/);
  await expect(page.getByRole("button", { name: "Your account: First Administrator" })).toBeVisible();

  const other = await browser.newContext();
  const second = await other.newPage();
  await second.goto(link);
  await expect(second.getByRole("heading", { name: "This link does not work any more" })).toBeVisible();
  await other.close();
});

test("an empty board says how to send the first order", async ({ page }) => {
  await page.goto(`${server.url}/sign-in`);
  await page.getByLabel("E-mail or user name").fill("first@example.test");
  await page.getByLabel("Password", { exact: true }).fill("a long test password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/key-users/);
  await page.goto(`${server.url}/orders`);
  await expect(page.getByText(/curl/).first()).toBeVisible();
});
