import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures.ts";
import { listKeyUser } from "./support/key-users.ts";
import { API_KEY } from "./support/people.ts";

const panel = (page: Page) => page.locator("section", { has: page.getByText("Import preview") }).last();
const count = (page: Page, name: string) => page.locator(`[data-name="${name}"] dd`);
const rowOf = async (page: Page, url: string, id: number) =>
  (await page.request.get(`${url}/api/v1/key-users/${id}`)).json();

async function choose(page: Page, name: string, text: string): Promise<void> {
  await page
    .locator("input[type=file]")
    .setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
}

test.beforeEach(async ({ page, url, signIn }) => {
  await signIn(page, "administrator");
  await page.goto(`${url}/key-users`);
});

test("a preview shows each row before and after, in groups that add up, and the cases that it touches", async ({
  page,
  url,
  sender,
}) => {
  await listKeyUser(page, url, 840_001, "1000.00");
  await listKeyUser(page, url, 840_002, "500.00");
  await sender.post("premium-changes", [{ id: 840_001, now_premium: "400.00", gmt_modified: Date.now() }]);
  await expect.poll(async () => (await rowOf(page, url, 840_001)).openCaseId).not.toBeNull();
  const lines = Array.from({ length: 220 }, (_, n) => `8402${String(n).padStart(3, "0")},5,new`);
  const file = [
    "id,raw_premium,raw_info",
    "840001,450.00,",
    "840002,500,annuity",
    "840003,x,y",
    ...lines,
    "",
  ];
  await choose(page, "november.csv", file.join("\n"));
  await expect(panel(page).getByText("november.csv · 223 lines")).toBeVisible();
  for (const [name, told] of Object.entries({ changed: "2", added: "220", unchanged: "0", rejected: "1" })) {
    await expect(count(page, name)).toHaveText(told);
  }
  const changed = panel(page).getByRole("region", { name: "Changed" }).getByRole("row");
  await expect(changed.filter({ hasText: "840001" }).locator("del")).toHaveText("400.00");
  await expect(changed.filter({ hasText: "840001" }).locator("ins")).toHaveText("450.00");
  await expect(
    changed.filter({ hasText: "840001" }).getByRole("link", { name: "to follow up" }),
  ).toBeVisible();
  await expect(changed.filter({ hasText: "840002" }).locator("ins")).toHaveText("annuity");
  await expect(panel(page).getByText("baseline +50.00")).toBeVisible();
  const added = panel(page).getByRole("button", { name: /^Added/ });
  await added.focus();
  await page.keyboard.press("Enter");
  const rows = panel(page).getByRole("region", { name: "Added" }).getByRole("row");
  await expect(rows).toHaveCount(1 + 8);
  await panel(page).getByRole("button", { name: "Show 200 more" }).click();
  await expect(rows).toHaveCount(1 + 208);
  await panel(page).getByRole("button", { name: "Show 12 more" }).click();
  await expect(rows).toHaveCount(1 + 220);
});

test("refused rows come as a file in the reader's language, which is imported once it is corrected", async ({
  page,
  context,
  url,
}) => {
  await context.addCookies([{ name: "locale", value: "zh", url }]);
  await page.reload();
  await choose(page, "名单.csv", "客户号;原保额;原保障信息;备注\n840101;十二;年金;甲\n840102;5;年金;乙\n");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "下载被拒绝的行" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("名单 被拒绝.csv");
  const text = await readFile(await file.path(), "utf8");
  expect(text).toBe(
    "\u{feff}客户号,原保额,原保障信息,备注,拒绝原因\r\n840101,十二,年金,甲,基线保额：不是不小于零的十进制数\r\n",
  );
  await choose(page, "名单 被拒绝.csv", text.replace("十二", "12"));
  await page.getByRole("button", { name: "导入 1 位客户" }).click();
  await expect(page.getByText("新增 1，修改 0。")).toBeVisible();
  expect(await rowOf(page, url, 840_101)).toMatchObject({ rawPremium: "12.00", rawInfo: "年金" });
});

test("an import is in the log with its file, and is undone but for what was changed since (W4)", async ({
  page,
  url,
}) => {
  await listKeyUser(page, url, 840_201, "100.00");
  await listKeyUser(page, url, 840_202, "100.00");
  await choose(
    page,
    "wrong.csv",
    "id,raw_premium,raw_info\n840201,999,whole life B\n840202,999,whole life B\n840203,1,x\n",
  );
  await page.getByRole("button", { name: "Import 3 customers" }).click();
  await expect(page.getByText("1 added, 2 changed.")).toBeVisible();
  const edited = await page.request.patch(`${url}/api/v1/key-users/840202`, {
    headers: { authorization: `Bearer ${API_KEY}`, "if-match": '"2"' },
    data: { rawInfo: "corrected" },
  });
  expect(edited.status()).toBe(200);

  await page.getByRole("button", { name: "Import log" }).click();
  const entry = page.getByRole("listitem").filter({ hasText: "wrong.csv" });
  await expect(entry).toContainText("Ada Admin");
  await expect(entry).toContainText("1 added, 2 changed");
  await entry.getByRole("button", { name: /Undo import/ }).click();
  const dialog = page.getByRole("dialog", { name: /Undo import/ });
  await expect(dialog).toContainText(
    "1 row goes back to what stood before the import, 1 customer leaves the list.",
  );
  await expect(dialog).toContainText("840202 changed by INIT_API_KEY");
  await dialog.getByLabel("Reason (optional)").fill("wrong file");
  await dialog.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.getByText(/is undone: 1 went back, 1 left the list, 1 stay as they are/)).toBeVisible();
  await expect(entry).toContainText("undone by Ada Admin");
  await expect(entry.getByRole("button")).toHaveCount(0);
  await expect(page.getByRole("listitem").filter({ hasText: "Undo of #" }).first()).toContainText(
    "wrong file",
  );
  expect(await rowOf(page, url, 840_201)).toMatchObject({ rawPremium: "100.00", version: 3 });
  expect(await rowOf(page, url, 840_202)).toMatchObject({ rawPremium: "999.00", rawInfo: "corrected" });
  expect((await rowOf(page, url, 840_203)).removedAt).not.toBeNull();
});

test("nothing of one's own import waits behind a button, wherever in the list it stands", async ({
  page,
  url,
  browser,
  signIn,
}) => {
  // More than a page of the list, so that what is imported stands beyond the rows that were read.
  const filled = Array.from({ length: 210 }, (_, n) => `8403${String(n).padStart(3, "0")},5,x`).join("\n");
  const answer = await page.request.post(`${url}/api/v1/key-users/imports`, {
    headers: { authorization: `Bearer ${API_KEY}`, "content-type": "text/csv" },
    data: `id,raw_premium,raw_info\n${filled}\n`,
  });
  expect(answer.status()).toBe(200);
  const watching = await browser.newPage();
  await signIn(watching, "administrator");
  for (const each of [page, watching]) {
    await each.goto(`${url}/key-users`);
    await expect(each.getByRole("table", { name: "Key users" })).toBeVisible();
  }
  const lines = Array.from({ length: 22 }, (_, n) => `999${String(840_400 + n)},5,x`).join("\n");
  await choose(page, "mine.csv", `id,raw_premium,raw_info\n${lines}\n`);
  await page.getByRole("button", { name: "Import 22 customers" }).click();
  await expect(page.getByText("22 added, 0 changed.")).toBeVisible();
  // The other one is told of them; by then one's own page has heard as well.
  await expect(watching.getByText("22 new — show")).toBeVisible();
  await expect(page.getByText(/new — show/)).toHaveCount(0);
  await watching.close();
});
