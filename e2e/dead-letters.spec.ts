import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures.ts";
import { seriousFaults } from "./support/serious-faults.ts";

/** Dead letters as a workplace: find a reason group, edit one line, replay or discard the rest. */

/** Holds back the answers of an address until told. */
async function holdBack(page: Page, address: RegExp): Promise<() => void> {
  const held = Promise.withResolvers<void>();
  await page.route(address, async (route) => {
    await held.promise;
    await route.continue();
  });
  return held.resolve;
}

const SECRET = "13912345678";

test("a line is edited and replayed; what is personal stays masked, and the counts stay whole", async ({
  page,
  url,
  sender,
  signIn,
}) => {
  await signIn(page, "administrator");
  const order = { id: "910001", gmt_modified: Date.now(), customer_tel: SECRET, account_payble: "88,5元" };
  await sender.post("orders", [{ ...order, order_no: "L1" }]);
  await page.goto(`${url}/pipeline?stream=orders&code=bad_amount&field=account_payble`);
  await page
    .getByRole("button", { name: /^Open the line received/ })
    .first()
    .click();
  const drawer = page.getByRole("dialog", { name: "Refused line of Orders" });
  await expect(drawer.getByPlaceholder("139 **** 5678")).toBeVisible();
  const amount = drawer.getByLabel("Amount payable account_payble");
  await expect(amount).toHaveValue("88,5元");
  expect(await seriousFaults(page)).toEqual([]);

  await amount.fill("not yet");
  const answer = await holdBack(page, /\/dead-letters\/\d+$/);
  await drawer.getByRole("button", { name: "Edit and replay" }).click();
  await expect(page.getByText("Refused again: Amount payable is not a decimal amount")).toBeVisible();
  await expect(amount).toBeDisabled(); // until the line is read anew: what is typed now would be lost
  answer();
  await drawer.getByLabel("Amount payable account_payble").fill("88.50");
  await drawer.getByLabel(/^Why/).fill("unit removed");
  await drawer.getByRole("button", { name: "Edit and replay" }).click();
  await expect(page.getByText("Replayed: applied")).toBeVisible();
  await expect(drawer).toBeHidden();

  await page.goto(`${url}/pipeline?state=replayed&stream=orders`);
  await expect(
    page.getByRole("row", { name: /bad_amount account_payble .*replayed by Ada Admin/ }).first(),
  ).toBeVisible();
  await expect(page.getByText(/of the rejected: 1 replayed/)).toBeVisible();
  await expect(page.getByText(/^([\d,]+) = \1 received$/)).toHaveCount(3);
  expect(await page.content()).not.toContain(SECRET);
});

test("all lines of a reason group are discarded with a reason", async ({ page, url, sender, signIn }) => {
  await signIn(page, "administrator");
  await sender.post("page-views", [{ log_time: "soon" }, { log_time: "later" }, { log_time: "never" }]);
  await page.goto(`${url}/pipeline?stream=page_views`);
  const other = await page.context().newPage();
  await other.goto(`${url}/pipeline?stream=page_views`);
  await expect(other.getByRole("row", { name: /bad_time log_time/ })).toHaveCount(3);
  await page.getByRole("button", { name: /^Discard all 3 lines: Seen at is not a time/ }).click();
  const dialog = page.getByRole("dialog", { name: "Discard 3 lines" });
  await dialog.getByLabel("Why").fill("a broken test app");
  await dialog.getByRole("button", { name: "Discard all" }).click();
  await expect(dialog.getByText("3 discarded.")).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await expect(page.getByText("No refused line matches this filter.")).toBeVisible();
  // Whoever else looks at them sees it without a reload.
  await expect(other.getByText("No refused line matches this filter.")).toBeVisible();
});

test("all lines of a reason group are replayed; those refused again wait with their reason", async ({
  page,
  url,
  sender,
  signIn,
}) => {
  await signIn(page, "administrator");
  await sender.post("premium-changes", [
    { id: "910003", now_premium: "5", gmt_modified: Date.now() + 600_000 },
    { id: "910003", now_premium: "6", gmt_modified: Date.now() + 900_000 },
  ]);
  await page.goto(`${url}/pipeline?stream=premium_changes`);
  await page.getByRole("button", { name: /^Replay all 2 lines: Changed at lies in the future/ }).click();
  const dialog = page.getByRole("dialog", { name: "Replay 2 lines as they stand" });
  await dialog.getByRole("button", { name: "Replay all" }).click();
  await expect(dialog.getByText("0 replayed, 2 refused again.")).toBeVisible();
});

test("the list goes by keys, and the reasons are told in Chinese", async ({ page, url, sender, signIn }) => {
  await signIn(page, "operations");
  await sender.post("orders", [{ id: "x", order_no: "L2", gmt_modified: 1 }]);
  await page.context().addCookies([{ name: "locale", value: "zh", url }]);
  await page.goto(`${url}/pipeline?stream=orders&code=bad_type&field=id`);
  const first = page.getByRole("button", { name: /^打开 .* 接收的行$/ }).first();
  await expect(first).toBeVisible();
  await page.keyboard.press("j");
  await expect(first).toBeFocused();
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog", { name: "订单中被拒绝的行" });
  await expect(drawer.getByText("用户编号不是 64 位整数")).toBeVisible();
  // Operations see the line; editing is for administrators.
  await expect(drawer.getByText("管理员可以修正、重放和作废。")).toBeVisible();
  await expect(drawer.getByRole("button", { name: "重放" })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
});
