import { readFile } from "node:fs/promises";
import { ROUTES } from "../server/routes.ts";
import { expect, test } from "./support/fixtures.ts";
import { seriousFaults } from "./support/serious-faults.ts";

/** An auditor sees who did what, and changes nothing. */

test("an auditor lands on the log, filters it, opens an entry and exports what is shown", async ({
  page,
  url,
  browser,
  signIn,
}) => {
  // Somebody does something worth finding, and is refused something.
  const other = await (await browser.newContext()).newPage();
  await signIn(other, "operations");
  const headers = { origin: url, "if-match": '"1"' };
  const data = { stepPercent: "17", reason: "not mine to change" };
  expect((await other.request.patch(`${url}/api/v1/alert-rules`, { headers, data })).status()).toBe(403);
  await other.context().close();

  await signIn(page, "auditor");
  await page.goto(url);
  await expect(page).toHaveURL(`${url}/admin/audit`);
  await expect(page.getByRole("heading", { name: "Administration" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Admin", exact: true })).toHaveAttribute(
    "aria-current",
    "page",
  );
  await expect(page.getByRole("link", { name: "Audit log" })).toHaveAttribute("aria-current", "page");
  await expect(page.getByText("Iris Audit, Auditor")).toBeVisible();
  expect(await seriousFaults(page)).toEqual([]);

  await page.getByRole("combobox", { name: "What" }).fill("was refused a right");
  await page.getByRole("option", { name: "was refused a right" }).click();
  await expect(page).toHaveURL(/action=right\.refused/);
  await page.getByRole("combobox", { name: "Who" }).fill("Olivia");
  await page.getByRole("option", { name: "Olivia Ops" }).click();
  const row = page
    .getByRole("row", { name: /Olivia Ops.*was refused a right.*right alert-rules\.write/ })
    .first();
  await expect(row).toBeVisible();

  await page.keyboard.press("Escape");
  await page.locator("main").focus();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  const details = page.getByRole("region", { name: /^Details of entry/ });
  await expect(details.getByText("PATCH /api/v1/alert-rules")).toBeVisible();
  await expect(page).toHaveURL(/entry=\d+/);
  expect(await seriousFaults(page)).toEqual([]);
  await page.reload();
  await expect(details.getByText("PATCH /api/v1/alert-rules")).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(details).toBeHidden();

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: /^Export/ }).click();
  const file = await (await download).path();
  const lines = (await readFile(file, "utf8")).trim().split("\n");
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines.slice(1)) expect(line).toContain("Olivia Ops,right.refused");

  await page.goto(`${url}/admin/audit?action=audit.export`);
  await expect(page.getByRole("row", { name: /Iris Audit.*exported the audit log/ }).first()).toBeVisible();
});

test("an auditor can write nothing but what is their own", async ({ page, url, signIn }) => {
  await signIn(page, "auditor");
  const own = ["open", "self.write"];
  const writes = ROUTES.filter(({ method, right }) => method !== "GET" && !own.includes(right));
  expect(writes.length).toBeGreaterThan(20);
  for (const { method, path } of writes) {
    const address = `${url}${path.replace(/\{\w+\}/g, "1")}`;
    const headers = { origin: url, "if-match": '"1"' };
    const answer = await page.request.fetch(address, { method, headers, data: {} });
    expect([`${method} ${path}`, answer.status()]).toEqual([`${method} ${path}`, 403]);
  }
  await page.goto(`${url}/pipeline`);
  await expect(page.getByRole("heading", { name: "Streams" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Dead letters" })).toHaveCount(0);
  const rail = page.getByRole("navigation", { name: "Screens" });
  await expect(rail.getByRole("link", { name: "Retention" })).toHaveCount(0);
  await expect(rail.getByRole("link", { name: "Key users" })).toHaveCount(0);
});

test("who may not see the log is told so, and that stands in it", async ({ page, url, signIn }) => {
  await signIn(page, "manager");
  await page.goto(`${url}/admin/audit`);
  await expect(page.getByText("Not for your role")).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Screens" }).getByText("Admin")).toHaveCount(0);
  expect((await page.request.get(`${url}/api/v1/audit`)).status()).toBe(403);

  await page.context().clearCookies();
  await signIn(page, "administrator");
  await page.goto(`${url}/admin`);
  await expect(page).toHaveURL(`${url}/admin/people`);
  await page.goto(`${url}/admin/audit?action=right.refused&text=audit.read`);
  await expect(page.getByRole("row", { name: /Lin Wei.*was refused a right/ }).first()).toBeVisible();
});

test("on a phone each entry is a card, and nothing goes over the edge", async ({ page, url, signIn }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, "auditor");
  await page.goto(`${url}/admin/audit`);
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(over).toBeLessThanOrEqual(0);
  await page
    .getByRole("button", { name: /details of entry/ })
    .first()
    .click();
  await expect(page.getByRole("region", { name: /^Details of entry/ })).toBeVisible();
  expect(await seriousFaults(page)).toEqual([]);
});
