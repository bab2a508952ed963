import { openAccountMenu } from "./support/account-menu.ts";
import { expect, test } from "./support/fixtures.ts";

/** Parts whose code comes when they are first opened work from the keyboard and by pointer like any other. */

test("palette, keys, calendar and account menu open at the first try", async ({ page, url, signIn }) => {
  await signIn(page, "operations");
  await page.goto(`${url}/orders`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();

  await page.keyboard.press("Control+k");
  await page.getByRole("textbox", { name: "Screen, command" }).fill("Audience");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/audience/);
  // The place may be there before the palette has gone; until then keys are its own.
  await expect(page.getByRole("textbox", { name: "Screen, command" })).toHaveCount(0);
  await page.keyboard.press("1");
  await expect(page).toHaveURL(/\/orders/);

  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "All keys" }).getByText("Commands")).toBeVisible();
  await expect(page.getByRole("banner")).toHaveCount(1); // the page's own
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await page.getByRole("button", { name: "Choose a day" }).click();
  const days = page.getByRole("button", { name: /^\d+ \w+ \d{4}$/, disabled: false });
  await days.first().click(); // days without orders before the first cannot be chosen
  await expect(days).toHaveCount(0);

  const account = page.getByRole("button", { name: /^Your account/ });
  await account.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Dark" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toHaveCount(0);
  await expect(account).toBeFocused();
});

test("a chosen theme is in the page itself, before any script has run", async ({
  page,
  url,
  signIn,
  browser,
}) => {
  await signIn(page, "operations");
  await page.goto(`${url}/orders`);
  await openAccountMenu(page);
  await page.getByRole("menuitem", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");

  const quiet = await browser.newContext({ javaScriptEnabled: false, colorScheme: "light" });
  await quiet.addCookies(await page.context().cookies());
  const still = await quiet.newPage();
  await still.goto(`${url}/orders`);
  await expect(still.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
  await quiet.close();
});

test("without the charts' code the figures are there, and it can be asked for again", async ({
  page,
  url,
  signIn,
  sender,
}) => {
  await sender.post("orders", [
    {
      id: 854_001,
      order_no: "OD1",
      gmt_modified: Date.now(),
      account_payble: 120.5,
      customer_tel: "13900000001",
    },
  ]);
  await signIn(page, "operations");
  await page.goto(`${url}/orders`);
  await expect(page.getByRole("slider").first()).toBeVisible();
  const charts: string[] = [];
  for (const chunk of await page.evaluate(() =>
    performance.getEntriesByType("resource").map(({ name }) => name),
  )) {
    if (!chunk.endsWith(".js")) continue;
    if ((await (await page.request.get(chunk)).text()).includes("chartLabel")) charts.push(chunk);
  }
  expect(charts.length).toBeGreaterThan(0);
  await page.route(
    (address) => charts.includes(address.href),
    (route) => route.abort(),
  );
  await page.reload();
  await expect(page.getByRole("region", { name: "Totals of the day" })).toContainText(/\d/);
  const failed = page.getByRole("alert").getByRole("button");
  await expect(failed).toBeVisible();
  await page.unrouteAll();
  await failed.click();
  await expect(page.getByRole("slider").first()).toBeVisible();
});
