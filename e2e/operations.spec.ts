import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures.ts";
import { cuttable } from "./support/sockets.ts";

const SECOND = 1_000;
const tile = (page: Page, label: string) =>
  page.getByRole("region", { name: "Totals of the day" }).getByText(label).locator("..");
const moved = (page: Page) => page.getByRole("region", { name: "What moved" });

function order(given: Record<string, unknown>) {
  return { gmt_modified: Date.now(), account_payble: "100.00", customer_tel: null, ...given };
}

/** The same order a moment later with another amount: a line of its own, where new orders are folded with those of other tests. */
const amended = (before: ReturnType<typeof order>, amount: string) => ({
  ...before,
  gmt_modified: before.gmt_modified + 1,
  account_payble: amount,
});

/** What the board must show: the sum of the hours as the server has them, read after the commit. */
async function premiumToday(page: Page, url: string): Promise<string> {
  const answer = await page.request.get(`${url}/api/v1/orders/hourly`);
  const { hours } = (await answer.json()) as { hours: { totalPremium: string }[] };
  const fen = hours.reduce((sum, hour) => sum + BigInt(hour.totalPremium.replace(".", "")), 0n).toString();
  return `${fen.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",")}.${fen.slice(-2)}`;
}

test("an order posted is on the board within a second, without a reload", {
  tag: "@alone",
}, async ({ page, url, signIn, sender }) => {
  const first = order({ id: 900_001, order_no: "E2E-FIRST", account_payble: "1.00" });
  await sender.post("orders", [first]);
  await signIn(page, "operations");
  await page.goto(`${url}/`);
  await expect(page).toHaveURL(/\/orders/); // operations land on their own screen
  await expect(page.getByText("Live")).toBeVisible();
  await sender.post("orders", [amended(first, "7777778.77")]);
  const shown = await premiumToday(page, url);
  await expect(tile(page, "Premium today, CNY")).toContainText(shown, { timeout: SECOND });
  await expect(moved(page).getByText("+7,777,777.77")).toBeVisible();
});

test("a socket that is cut, and orders missed meanwhile: the board is right again by itself", async ({
  page,
  url,
  signIn,
  sender,
}) => {
  const replaced = order({ id: 900_002, order_no: "E2E-MISSED", account_payble: "1.00" });
  await sender.post("orders", [replaced]);
  const sockets = await cuttable(page);
  await signIn(page, "operations");
  await page.goto(`${url}/orders`);
  await expect(page.getByText("Live")).toBeVisible();
  sockets.cut();
  await expect(page.getByText("Reconnecting")).toBeVisible();
  await sender.post("orders", [amended(replaced, "3333334.33")]);
  sockets.restore();
  await expect(page.getByText("Live")).toBeVisible({ timeout: 20 * SECOND });
  await expect(tile(page, "Premium today, CNY")).toContainText(await premiumToday(page, url));
  await expect(moved(page).getByText("+3,333,333.33")).toBeVisible();
});

test("the table beside the chart has the same figures, and the CSV is what is shown", async ({
  page,
  url,
  signIn,
  sender,
}) => {
  await sender.post("orders", [order({ id: 900_003, order_no: "E2E-TABLE", account_payble: "41.07" })]);
  await signIn(page, "operations");
  await page.goto(`${url}/orders`);
  await page.getByText("Table", { exact: true }).click();
  await expect(page.getByRole("table")).toBeVisible();
  const href = await page.getByRole("link", { name: "CSV" }).getAttribute("href");
  const csv = await page.request.get(`${url}${href}`);
  expect(csv.headers()["content-type"]).toContain("text/csv");
  const figure = /\d+\.\d\d/.exec(await csv.text())?.[0] ?? "";
  expect(figure).not.toBe("");
  await expect(page.getByRole("table")).toContainText(figure.replace(/\B(?=(\d{3})+\.)/g, ","));
});
