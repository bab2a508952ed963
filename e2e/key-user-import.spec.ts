import type { Page } from "@playwright/test";
import { gb18030, utf16 } from "../testing/factories/encodings.ts";
import { expect, test } from "./support/fixtures.ts";
import { listKeyUser } from "./support/key-users.ts";
import { API_KEY } from "./support/people.ts";

const panel = (page: Page) => page.locator("section", { has: page.getByText("Import preview") }).last();
const count = (page: Page, name: string) => page.locator(`[data-name="${name}"] dd`);

async function choose(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer });
}

/** Picks another way to read the file. */
async function select(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole("combobox", { name: label }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

const rowOf = async (page: Page, url: string, id: number) =>
  (await page.request.get(`${url}/api/v1/key-users/${id}`)).json();

test.beforeEach(async ({ page, url, signIn }) => {
  await signIn(page, "administrator");
  await page.goto(`${url}/key-users`);
  await expect(page.getByText("Live")).toBeVisible(); // the page has taken over: a file that is chosen is heard of
});

test("a list in GB18030 with semicolons and Chinese names says how it was read, asks of blank cells, and is imported", async ({
  page,
  url,
}) => {
  await listKeyUser(page, url, 851_001, "500.00");
  const lines = [
    "客户号;原保额;原保障信息;备注",
    '851001;"￥ 1,234.50";;x',
    '="851002";1.2万;年金;',
    "1.23E+17;5;重疾险;",
    "4E+17;5;重疾险;",
  ];
  await choose(page, "客户.csv", gb18030(lines.join("\r\n")));
  await expect(panel(page).getByText("客户.csv · 4 lines")).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Encoding" })).toHaveValue("GB18030 (detected)");
  await expect(page.getByRole("combobox", { name: "Separator" })).toHaveValue("semicolon ; (detected)");
  await expect(panel(page).getByText("原保障信息")).toBeVisible();
  await expect(panel(page).getByText("Left alone: 备注")).toBeVisible();
  await expect(panel(page).getByText("lines 4–5")).toBeVisible();
  await expect(panel(page).getByText(/Customer was shortened by the spreadsheet/)).toBeVisible();
  await expect(count(page, "added")).toHaveText("1");
  await expect(count(page, "changed")).toHaveText("1");
  await expect(panel(page).getByText(/1 blank cell keeps what stands/)).toBeVisible();
  await page.getByText("Erase", { exact: true }).click();
  await expect(panel(page).getByText(/1 value is cleared/)).toBeVisible();
  await page.getByText("Keep", { exact: true }).click();
  await expect(panel(page).getByText(/1 blank cell keeps what stands/)).toBeVisible();
  await page.getByRole("button", { name: /skip 2/i }).click();
  await expect(page.getByText("1 added, 1 changed, 2 refused.")).toBeVisible();
  expect(await rowOf(page, url, 851_001)).toMatchObject({ rawPremium: "1234.50", rawInfo: "whole life B" });
  expect(await rowOf(page, url, 851_002)).toMatchObject({ rawPremium: "12000.00", rawInfo: "年金" });
});

test("a list in UTF-16 with tabs, read by another separator, says so and is read again", async ({ page }) => {
  await choose(
    page,
    "Unicode text.txt",
    utf16("Customer\tBaseline, CNY\tCover\n851111\t1,000\twhole life\n", "le"),
  );
  await expect(page.getByRole("combobox", { name: "Encoding" })).toHaveValue("UTF-16 LE (detected)");
  await expect(page.getByRole("combobox", { name: "Separator" })).toHaveValue("tab (detected)");
  await select(page, "Separator", "comma ,");
  await expect(panel(page).getByRole("alert")).toContainText(
    "Read with “,”, line 1 does not fall into the columns; they seem to be separated by a tab. Choose that separator",
  );
  await select(page, "Separator", "tab");
  await expect(panel(page).getByRole("alert")).toHaveCount(0);
  await page.getByRole("button", { name: "Import 1 customer" }).click();
  await expect(page.getByText("1 added, 0 changed.")).toBeVisible();
});

test("what is no list is told in the reader's language, with its line", async ({ page, context, url }) => {
  await choose(page, "empty.csv", Buffer.from(""));
  await expect(panel(page).getByRole("alert")).toContainText("The file is empty.");
  await choose(page, "twice.csv", Buffer.from("\nid,raw_premium,raw_info,客户号\n1,1,a,1\n"));
  await expect(panel(page).getByRole("alert")).toContainText("Line 2 names the column “客户号” twice.");
  await choose(page, "bars.csv", Buffer.from("id|raw_premium|raw_info\n1|1|a\n"));
  await expect(panel(page).getByRole("alert")).toContainText(
    "separated by “|”. Save the list with “,”, “;” or a tab between its cells.",
  );
  const big5 = Buffer.from("abc8a4e1b8b92cadecab4fc3422cadecab4fbbd9b8eab0540a372c352c610a", "hex");
  await choose(page, "big5.csv", big5);
  await expect(panel(page).getByRole("alert")).toContainText("Read as GB18030, with “,” between the cells.");
  await expect(page.getByRole("combobox", { name: "Encoding" })).toHaveValue("GB18030 (detected)");
  await choose(page, "open.csv", Buffer.from('id,raw_premium,"raw_info\n1,1,a\n'));
  await expect(panel(page).getByRole("alert")).toContainText("Line 1, the header, cannot be read");
  const broken = `${"1".repeat(20)},1,a\n2,1,${"x".repeat(70_000)}\n`;
  await choose(page, "broken.csv", Buffer.from(`id,raw_premium,raw_info\n${broken}`));
  await expect(panel(page).getByText("Customer is no whole number: write digits alone")).toBeVisible();
  await expect(panel(page).getByText("The row is too long: it may have 65,536 bytes")).toBeVisible();
  await context.addCookies([{ name: "locale", value: "zh", url }]);
  await page.reload();
  await choose(page, "bars.csv", Buffer.from("id|raw_premium|raw_info\n1|1|a\n"));
  await expect(page.getByText("该文件似乎以“|”分隔。请改用“,”、“;”或制表符分隔后重新保存。")).toBeVisible();
  await choose(page, "missing.csv", Buffer.from("客户号,原保额\n1,1\n"));
  await expect(page.getByText("第 1 行缺少“保障”列。")).toBeVisible();
});

test("one's own export changes nothing; a row that changed since is told, and so is a list that changes before the import", async ({
  page,
  url,
}) => {
  await listKeyUser(page, url, 851_121, "100.00");
  await listKeyUser(page, url, 851_122, "200.00");
  const exported = await page.request.get(`${url}/api/v1/key-users/export?search=85112`);
  const csv = await exported.text();
  await choose(page, "key-users.csv", Buffer.from(csv));
  await expect(count(page, "unchanged")).toHaveText("2");
  await expect(page.getByText("The file holds nothing new.")).toBeVisible();
  const edit = (id: number, version: number, data: object) =>
    page.request.patch(`${url}/api/v1/key-users/${id}`, {
      headers: { authorization: `Bearer ${API_KEY}`, "if-match": `"${version}"` },
      data,
    });
  expect((await edit(851_121, 1, { rawPremium: "90.00" })).status()).toBe(200);
  await choose(page, "key-users.csv", Buffer.from(csv.replace("200.00", "250.00")));
  await expect(count(page, "conflicting")).toHaveText("1");
  await expect(
    panel(page)
      .getByRole("row")
      .filter({ hasText: /851121.*Baseline.*: changed by/ }),
  ).toBeVisible();
  await expect(page.getByRole("button", { name: "Import 1 customer" })).toBeVisible();
  expect((await edit(851_122, 1, { rawPremium: "210.00" })).status()).toBe(200);
  await page.getByRole("button", { name: "Import 1 customer" }).click();
  await expect(panel(page).getByRole("alert")).toContainText("Nothing was imported");
  await expect(count(page, "conflicting")).toHaveText("2");
  expect(await rowOf(page, url, 851_122)).toMatchObject({ rawPremium: "210.00" });
});

test("another file chosen further down shows its preview from the top on a telephone; another reading stays where one is", async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const bad = Array.from({ length: 6 }, (_, row) => `x${row},${"1".repeat(row * 9)}z,a`).join("\n");
  const list = (rows: string) => Buffer.from(`id,raw_premium,raw_info\n${rows}\n`);
  const down = () => page.evaluate(() => window.scrollTo(0, 400));
  const scrolled = () => page.evaluate(() => window.scrollY);
  await choose(page, "first.csv", list(bad));
  await expect(panel(page).getByText("first.csv · 6 lines")).toBeVisible();
  await down();
  await expect.poll(scrolled).toBeGreaterThan(200);
  await choose(page, "second.csv", list(`${bad}\n7,1,a`));
  await expect(panel(page).getByText("second.csv · 7 lines")).toBeVisible();
  await expect.poll(scrolled).toBe(0);
  const bar = await page.getByRole("banner").boundingBox();
  const top = await page.getByRole("heading", { name: "Import preview" }).boundingBox();
  expect(top?.y).toBeGreaterThanOrEqual((bar?.y ?? 0) + (bar?.height ?? 0));
  await down();
  const before = await scrolled();
  await select(page, "Encoding", "UTF-8");
  await expect(page.getByRole("combobox", { name: "Encoding" })).toHaveValue("UTF-8");
  await expect(panel(page).locator("[aria-busy=false]")).toBeVisible();
  expect(await scrolled()).toBeGreaterThan(before - 300);
});

test("the button that opens a list is whole on a telephone", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const words = page.getByRole("button", { name: "Import…" }).locator(".mantine-Button-label");
  expect(await words.evaluate((label) => label.scrollWidth - label.clientWidth)).toBe(0);
});
