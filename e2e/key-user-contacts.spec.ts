import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures.ts";
import { listKeyUser } from "./support/key-users.ts";
import { API_KEY } from "./support/people.ts";
import { seriousFaults } from "./support/serious-faults.ts";

/** Name and telephone of a customer of the list: given, seen in masks, found, imported, and called from the desk. */

const NAME = "欧阳小明";
const TELEPHONE = "13857125712";
/** As a revealed number is written. */
const SHOWN = "138 5712 5712";
const IN_CLEAR = /小明|13857125712|138 5712/;

const rowOf = async (page: Page, url: string, id: number) =>
  (await page.request.get(`${url}/api/v1/key-users/${id}`)).json();
const cell = (page: Page, what: "name" | "telephone", id: number) =>
  page.getByRole("button", { name: `Edit the ${what} of ${id}` });
const field = (page: Page, what: "name" | "telephone", id: number) =>
  page.getByRole("textbox", { name: `Edit the ${what} of ${id}` });

test("a customer is added with name and telephone: the list, its history and its answers hold masks alone", async ({
  page,
  url,
  signIn,
}) => {
  await signIn(page, "administrator");
  await page.goto(`${url}/key-users?search=85710`);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Add a customer to the list" });
  await dialog.getByLabel("Customer id").fill("857101");
  await dialog.getByLabel("Baseline, CNY").fill("1000");
  await dialog.getByLabel("Segment (optional)").fill("east");
  await dialog.getByLabel("Name (optional)").fill(NAME);
  await dialog.getByLabel("Telephone (optional)").fill("138 **** 5712");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog.getByText(/a mask with \* would take its place/)).toBeVisible();
  await dialog.getByLabel("Telephone (optional)").fill(TELEPHONE);
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog).toBeHidden(); // it is on the list: a reload would break the sending off
  await page.reload();
  await expect(cell(page, "name", 857_101)).toHaveText("欧*");
  await expect(cell(page, "telephone", 857_101)).toHaveText("138 **** 5712");
  expect(await rowOf(page, url, 857_101)).toMatchObject({
    segment: "east",
    customerName: "欧*",
    customerTel: "138 **** 5712",
  });
  expect(await seriousFaults(page)).toEqual([]);

  // Left blank, what stands stays; it is removed on purpose.
  await cell(page, "telephone", 857_101).click();
  await expect(field(page, "telephone", 857_101)).toHaveValue("");
  await page.keyboard.press("Enter");
  await expect(cell(page, "telephone", 857_101)).toHaveText("138 **** 5712");
  await cell(page, "telephone", 857_101).click();
  await field(page, "telephone", 857_101).fill("later");
  await expect(page.getByText("A telephone: digits, with +, blanks or hyphens")).toBeVisible();
  await field(page, "telephone", 857_101).fill("010-88880000");
  await page.keyboard.press("Enter");
  await expect(cell(page, "telephone", 857_101)).toHaveText("010 **** 0000");
  await cell(page, "telephone", 857_101).click();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Remove the telephone of 857101" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(cell(page, "telephone", 857_101)).toHaveText("—");

  await page.getByRole("button", { name: "History of 857101" }).click();
  const history = page.getByRole("dialog");
  await expect(history).toContainText("Telephone: 138 **** 5712 → 010 **** 0000");
  await expect(history).toContainText("Telephone: 010 **** 0000 → —");
  expect(await history.textContent()).not.toMatch(IN_CLEAR);
  await history.getByRole("button", { name: "Revert", exact: true }).last().click();
  const revert = page.getByRole("dialog", { name: "Revert a change of 857101" });
  await expect(revert).toContainText("Telephone: — → 138 **** 5712");
  await revert.getByRole("button", { name: "Revert" }).click();
  await expect(history).toContainText("Telephone: — → 138 **** 5712");
  await page.keyboard.press("Escape");
  await expect(cell(page, "telephone", 857_101)).toHaveText("138 **** 5712");
});

test("customers are found by whole name, surname and telephone; nobody exports them by default", async ({
  page,
  url,
  signIn,
}) => {
  await listKeyUser(page, url, 857_201, "1000.00", { customerName: "欧阳小红", customerTel: "13857220001" });
  await listKeyUser(page, url, 857_202, "1000.00", {
    customerName: "Anna Oxley",
    customerTel: "+49 30 857220",
  });
  await signIn(page, "administrator");
  for (const [search, id] of [
    ["欧阳 小红", 857_201],
    ["oxley", 857_202],
    ["+86 138-5722-0001", 857_201],
    ["0049 30 857220", 857_202],
  ] as const) {
    await page.goto(`${url}/key-users`);
    await page.getByRole("searchbox", { name: "Customer, cover, whole name, telephone" }).fill(search);
    await expect(cell(page, "name", id)).toBeVisible();
    await expect(page.getByRole("button", { name: /^History of/ })).toHaveCount(1);
  }
  await expect(page.getByRole("link", { name: "Export", exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "Export with names" })).toHaveCount(0);
  expect((await page.request.get(`${url}/api/v1/key-users/personal-export`)).status()).toBe(403);
  const exported = await page.request.get(`${url}/api/v1/key-users/export?search=8572`);
  expect(await exported.text()).not.toMatch(/customer_|小红|Oxley/);
  // A machine finds nobody by what it guesses.
  const guessed = await page.request.get(`${url}/api/v1/key-users?search=13857220001`, {
    headers: { authorization: `Bearer ${API_KEY}` },
  });
  expect((await guessed.json()).items).toEqual([]);
});

test("a file brings names along, previewed in masks, and its import is undone", async ({
  page,
  url,
  signIn,
}) => {
  await listKeyUser(page, url, 857_301, "1000.00", { customerName: "王一", customerTel: "13857230001" });
  await signIn(page, "administrator");
  await page.goto(`${url}/key-users?search=85730`);
  await expect(page.getByText("Live")).toBeVisible();
  const lines = [
    "客户号,原保额,保障,客户姓名,手机号",
    `857301,1000,whole life B,王二,13857230001`,
    "857302,5,,李*,1",
  ];
  await page.locator('input[type="file"]').setInputFiles({
    name: "names.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(lines.join("\n")),
  });
  const panel = page.locator("section", { has: page.getByText("Import preview") }).last();
  await expect(
    panel.getByText("Name is masked with *: write the whole value, or leave the column out"),
  ).toBeVisible();
  await expect(panel.getByText("Name: 王*, another value behind the same mask")).toBeVisible();
  await page.getByRole("button", { name: /skip 1/i }).click();
  await expect(page.getByText("0 added, 1 changed, 1 refused.")).toBeVisible();
  await page.getByRole("button", { name: "History of 857301" }).click();
  await expect(page.getByRole("dialog")).toContainText(
    "Name: 王* → 王* (another value behind the same mask)",
  );
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Import log" }).click();
  const undo = page.getByRole("button", { name: /Undo import/ }).first();
  await undo.click();
  const dialog = page.getByRole("dialog", { name: /Undo import/ });
  await dialog.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.getByText(/is undone: 1 went back/)).toBeVisible();
  await page.goto(`${url}/key-users?search=${encodeURIComponent("王一")}`);
  await expect(cell(page, "name", 857_301)).toBeVisible();
});

test("the desk calls who the list knows, also where no order told a number", async ({
  page,
  url,
  signIn,
  sender,
}) => {
  await listKeyUser(page, url, 857_401, "1000.00", { customerName: NAME, customerTel: TELEPHONE });
  const fall = {
    id: 857_401,
    now_premium: "1.00",
    gmt_modified: Date.now(),
    open_id: "e2e",
    now_info: "term 10",
  };
  await sender.post("premium-changes", [fall]);
  await signIn(page, "manager");
  await page.goto(`${url}/retention?find=857401`);
  const evidence = page.getByRole("region", { name: "Evidence" });
  await expect(evidence).toContainText("138 **** 5712");
  await expect(page.getByText(IN_CLEAR)).toHaveCount(0);
  await page.getByRole("button", { name: "Call …" }).click();
  const form = page.getByRole("dialog", { name: "Call …" });
  await form.getByRole("button", { name: "Show the number" }).click();
  await expect(form.getByText(SHOWN)).toBeVisible();
  await page.keyboard.press("Escape");

  // What the list says meanwhile arrives by itself.
  await page.request.patch(`${url}/api/v1/key-users/857401`, {
    headers: { authorization: `Bearer ${API_KEY}`, "if-match": '"2"' },
    data: { customerTel: "010-88880000" },
  });
  await expect(evidence).toContainText("010 **** 0000");
});

test("on a telephone a card holds both", async ({ page, url, signIn }) => {
  await listKeyUser(page, url, 857_501, "1000.00", { customerName: NAME, customerTel: TELEPHONE });
  await signIn(page, "administrator");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${url}/key-users?search=85750`);
  await expect(cell(page, "name", 857_501)).toBeVisible();
  await expect(cell(page, "telephone", 857_501)).toBeVisible();
  const [card, telephone] = await Promise.all(
    [page.getByRole("row", { name: "857501" }), cell(page, "telephone", 857_501)].map((each) =>
      each.boundingBox(),
    ),
  );
  expect(telephone?.height).toBeGreaterThanOrEqual(44);
  expect((telephone?.x ?? 0) + (telephone?.width ?? 0)).toBeLessThanOrEqual(
    (card?.x ?? 0) + (card?.width ?? 0),
  );
  const overflows = () => document.documentElement.scrollWidth > document.documentElement.clientWidth;
  expect(await page.evaluate(overflows)).toBe(false);
  expect(await seriousFaults(page)).toEqual([]);
});
