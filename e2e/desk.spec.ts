import type { Page } from "@playwright/test";
import { expect, type Sender, test } from "./support/fixtures.ts";
import { listKeyUser } from "./support/key-users.ts";

const SECOND = 1_000;

const queue = (page: Page) => page.getByRole("region", { name: "Cases", exact: true });
const row = (page: Page, userId: number) => queue(page).getByRole("button", { name: String(userId) });
const detail = (page: Page) => page.getByRole("region", { name: "Evidence" });

/** A key customer who gives up much of their cover: a case. */
async function openCase(page: Page, url: string, sender: Sender, id: number, baseline: string, now: string) {
  await listKeyUser(page, url, id, baseline);
  await sender.post("premium-changes", [
    { id, now_premium: now, gmt_modified: Date.now(), open_id: "e2e", now_info: "term 10" },
  ]);
}

test("a case is closed with its outcome and a note, the next one opens, and all of it is undone with a key (W2)", async ({
  page,
  url,
  signIn,
  sender,
}) => {
  await openCase(page, url, sender, 820_001, "900000.00", "1.00");
  await openCase(page, url, sender, 820_002, "890000.00", "1.00");
  await signIn(page, "manager");
  await page.goto(`${url}/retention`);
  await row(page, 820_001).click();
  await page.keyboard.press("e");
  const form = page.getByRole("dialog", { name: "Close …" });
  await form.getByRole("textbox").fill("moved abroad");
  await form.getByRole("button", { name: "Lost" }).click();

  await expect(row(page, 820_002)).toHaveAttribute("aria-current", "true");
  await expect(row(page, 820_001)).toContainText("Lost");
  await expect(page.getByText("user 820001: closed")).toBeVisible();
  await page.keyboard.press("z");
  await expect(page.getByText("user 820001: undone")).toBeVisible();
  await expect(row(page, 820_001)).toHaveAttribute("aria-current", "true");
  await expect(row(page, 820_001)).not.toContainText("Lost");
  await expect(detail(page).getByText("Lin Wei undid: closed")).toBeVisible();
  await expect(detail(page).getByText("Lin Wei closed it as Lost: moved abroad")).toBeVisible();
});

test("what is offered to be undone goes by itself, and where somebody was faster it says who", async ({
  page,
  browser,
  url,
  signIn,
  sender,
}) => {
  await openCase(page, url, sender, 820_003, "880000.00", "1.00");
  // Both are at the case before the first acts: it can be undone for ten seconds.
  const context = await browser.newContext();
  const other = await context.newPage();
  await signIn(other, "manager", "second@example.test");
  await other.goto(`${url}/retention?find=820003`);
  await expect(detail(other).getByRole("button", { name: "Contacted", exact: true })).toBeVisible();
  await signIn(page, "manager");
  await page.goto(`${url}/retention`);
  await row(page, 820_003).click();
  await detail(page).getByRole("button", { name: "Contacted", exact: true }).click();
  const undo = page.getByRole("button", { name: /^Undo/ });
  await expect(undo).toBeVisible();

  await detail(other).getByRole("button", { name: "Contacted", exact: true }).click();
  await expect(other.getByText("He Min has spoken to the customer")).toBeVisible();
  await undo.click();
  await expect(page.getByText(/He Min has acted on the case since/)).toBeVisible();
  await expect(other.getByRole("button", { name: /^Undo/ })).toBeHidden({ timeout: 15 * SECOND });
  await context.close();
});

test("a customer number finds its case in the page and from the command palette, whatever its state", async ({
  page,
  url,
  signIn,
  sender,
}) => {
  await openCase(page, url, sender, 820_014, "1000.00", "500.00");
  await signIn(page, "manager");
  await page.goto(`${url}/retention?state=closed&owner=none`);
  await expect(page.getByText("Live")).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.type("820014");
  await expect(row(page, 820_014)).toBeVisible();
  await expect(queue(page).getByRole("button", { pressed: true })).toHaveCount(0);
  await expect(page).toHaveURL(/find=820014/);
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(/find=/);
  await expect(row(page, 820_014)).toHaveCount(0);

  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("textbox", { name: "Screen, command" }).fill("820014");
  await page.getByRole("button", { name: "Cases of customer 820014" }).click();
  await expect(row(page, 820_014)).toBeVisible();
  await expect(page.getByRole("searchbox", { name: "Customer number" })).toHaveValue("820014");

  await page.getByRole("searchbox", { name: "Customer number" }).fill("00000000001");
  await expect(queue(page).getByText("No customer with a case has this number")).toBeVisible();
});

test("the queue is filtered by any person who may have cases, and counted likewise", async ({
  page,
  url,
  signIn,
  sender,
}) => {
  await openCase(page, url, sender, 820_005, "870000.00", "1.00");
  await signIn(page, "manager", "second@example.test");
  await page.goto(`${url}/retention?find=820005`);
  await page.getByRole("button", { name: "I’m on it" }).click();
  await expect(page.getByRole("button", { name: "Release" })).toBeVisible();

  await signIn(page, "manager");
  await page.goto(`${url}/retention`);
  await page.getByRole("combobox", { name: "owner" }).click();
  await page.getByRole("option", { name: "He Min" }).click();
  await expect(page).toHaveURL(/[?&]owner=/);
  await expect(row(page, 820_005)).toBeVisible();
  await expect(queue(page).getByText("—", { exact: true })).toHaveCount(0);
  const chip = queue(page).getByRole("button", { name: /^New/ });
  await expect(chip).toHaveText("New0");
});

test("every figure of the evidence follows from those beside it; the customer's last page is told (P6)", async ({
  page,
  url,
  signIn,
  sender,
}) => {
  await sender.post("page-views", [
    { log_time: Date.now(), account_id: "820006", bury_point_type: "surrender", page_name: "退保试算" },
  ]);
  await openCase(page, url, sender, 820_006, "1000.00", "849.99");
  await signIn(page, "manager");
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`${url}/retention?find=820006`);
  await expect(detail(page).getByText("−15.0010 % · fires below 85 % = 850.00")).toBeVisible();
  await expect(detail(page).getByText("1,000.00 → 849.99", { exact: true })).toBeVisible();
  await expect(
    detail(page).getByText("−15.0010 % of the highest, 1,000.00 · fires below 85 % = 850.00"),
  ).toBeVisible();
  await expect(detail(page).getByText("1,000.00 − 849.99 = 150.01")).toBeVisible();
  await expect(detail(page).getByText(/Last page: 退保试算 · Surrender · .* ago/)).toBeVisible();
  await expect(detail(page).locator("svg").getByText("0", { exact: true })).toBeVisible(); // the chart has axes

  const field = page.getByRole("textbox", { name: "Add a note" });
  for (let n = 1; n <= 6; n += 1) {
    await field.fill(`note ${n}`);
    await page.keyboard.press("Enter");
    await expect(detail(page).getByText(`Lin Wei: note ${n}`)).toBeVisible();
  }
  await expect(field).not.toBeFocused(); // the keys work again
  await page.keyboard.press("n");
  await expect(field).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(field).not.toBeFocused();
  const above = await field.boundingBox();
  const sixth = await detail(page).getByText("Lin Wei: note 1").boundingBox();
  expect((sixth?.y ?? 0) + (sixth?.height ?? 0)).toBeLessThanOrEqual(above?.y ?? 0);
});

test("on a phone the note is written above the navigation", async ({ page, url, signIn, sender }) => {
  await openCase(page, url, sender, 820_007, "860000.00", "1.00");
  await signIn(page, "manager");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${url}/retention`);
  await row(page, 820_007).click();
  const field = page.getByRole("textbox", { name: "Add a note" });
  const rail = page.getByRole("navigation", { name: "Screens" });
  const [note, screens] = [await field.boundingBox(), await rail.boundingBox()];
  expect((note?.y ?? 0) + (note?.height ?? 0)).toBeLessThanOrEqual(screens?.y ?? 0);
  await field.fill("calls back");
  await page.getByRole("button", { name: "Add note" }).click();
  await expect(page.getByText("Lin Wei: calls back")).toBeVisible();
});

test("what was begun is not lost: a note waits for its case, an act without a network says so and is not done later", async ({
  page,
  context,
  url,
  signIn,
  sender,
}) => {
  await openCase(page, url, sender, 820_008, "850000.00", "1.00");
  await openCase(page, url, sender, 820_009, "840000.00", "1.00");
  await signIn(page, "manager");
  await page.goto(`${url}/retention`);
  await row(page, 820_008).click();
  const field = page.getByRole("textbox", { name: "Add a note" });
  await field.fill("she is on holi");
  await row(page, 820_009).click();
  await expect(field).toHaveValue("");
  await row(page, 820_008).click();
  await expect(field).toHaveValue("she is on holi");

  await context.setOffline(true);
  await page.getByRole("button", { name: "I’m on it" }).click();
  await expect(page.getByText("The server did not answer.")).toBeVisible();
  await context.setOffline(false);
  await page.reload();
  await row(page, 820_008).click();
  await expect(page.getByRole("button", { name: "I’m on it" })).toBeVisible();
});

test("on a phone one comes to the queue, and the way back from a case leads to it", async ({
  page,
  url,
  signIn,
  sender,
}) => {
  await openCase(page, url, sender, 820_010, "830000.00", "1.00");
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, "manager");
  await page.goto(`${url}/`);
  await expect(row(page, 820_010)).toBeVisible();
  await row(page, 820_010).click();
  await expect(detail(page)).toBeVisible();
  await page.goBack();
  await expect(row(page, 820_010)).toBeVisible();
  await expect(page).toHaveURL(/retention/);
});

test("a case that is shown again tells what became of it meanwhile", async ({
  page,
  browser,
  url,
  signIn,
  sender,
}) => {
  await openCase(page, url, sender, 820_011, "820000.00", "1.00");
  await openCase(page, url, sender, 820_012, "810000.00", "1.00");
  await signIn(page, "manager");
  await page.goto(`${url}/retention`);
  await row(page, 820_011).click();
  await expect(detail(page).getByText("user 820011")).toBeVisible();
  await row(page, 820_012).click();
  await expect(detail(page).getByText("user 820012")).toBeVisible();

  const context = await browser.newContext();
  const other = await context.newPage();
  await signIn(other, "manager", "second@example.test");
  await other.goto(`${url}/retention?find=820011`);
  await other.getByRole("textbox", { name: "Add a note" }).fill("moved to Chengdu");
  await other.getByRole("button", { name: "Add note" }).click();
  await expect(other.getByText("He Min: moved to Chengdu")).toBeVisible();
  await row(page, 820_011).click();
  await expect(detail(page).getByText("He Min: moved to Chengdu")).toBeVisible();

  // The queue as well, whichever page was looked at meanwhile.
  await page.getByRole("link", { name: "Key users" }).click();
  await expect(page).toHaveURL(/key-users/);
  await other.getByRole("button", { name: "I’m on it" }).click();
  await expect(other.getByRole("button", { name: "Release" })).toBeVisible();
  await page.getByRole("link", { name: "Retention" }).click();
  await expect(row(page, 820_011)).toContainText("claimed");
  await context.close();
});
