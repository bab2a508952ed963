import type { Browser, Page } from "@playwright/test";
import { expect, type Sender, test } from "./support/fixtures.ts";
import { listKeyUser } from "./support/key-users.ts";
import { cuttable } from "./support/sockets.ts";

const SECOND = 1_000;

const change = (id: number, amount: string) => ({
  id,
  now_premium: amount,
  gmt_modified: Date.now(),
  open_id: "e2e",
  now_info: "term 10",
});
const queue = (page: Page) => page.getByRole("region", { name: "Cases", exact: true });

test("a drop of more than 15 % appears in the queue by itself", async ({ page, url, signIn, sender }) => {
  await listKeyUser(page, url, 810_001, "1000.00");
  await signIn(page, "manager");
  await page.goto(`${url}/`);
  await expect(page).toHaveURL(/\/retention/);
  await expect(page.getByText("Live")).toBeVisible();
  // A case that opens while the queue is still being read is in it, and waits for nobody.
  const list = queue(page).getByRole("region", { name: "List of cases" });
  await expect(list.or(queue(page).getByText("No case here"))).toBeVisible();
  await sender.post("premium-changes", [change(810_001, "849.99")]);
  await page.getByRole("button", { name: /new — show/ }).click({ timeout: 5 * SECOND });
  await expect(queue(page).getByText("810001")).toBeVisible();
  await queue(page).getByText("810001").click();
  await expect(page.getByText(/−15\.0010 % · fires/)).toBeVisible(); // K4, K7: exact evidence
});

/** Two managers, each in a browser of their own. @returns the pages, and what closes them */
async function twoManagers(
  browser: Browser,
  signIn: (page: Page, role: "manager", email?: string) => Promise<void>,
) {
  const contexts = await Promise.all([browser.newContext(), browser.newContext()]);
  const [first, second] = await Promise.all(contexts.map((context) => context.newPage()));
  if (!first || !second) throw new Error("no pages");
  await signIn(first, "manager");
  await signIn(second, "manager", "second@example.test");
  return { first, second, close: () => Promise.all(contexts.map((context) => context.close())) };
}

/** A key customer who gives up nearly everything: a case. */
async function openCase(page: Page, url: string, sender: Sender, userId: number, baseline: string) {
  await listKeyUser(page, url, userId, baseline);
  await sender.post("premium-changes", [change(userId, "1.00")]);
}

test("two managers claim one case: one is on it, the other is told who was faster", async ({
  browser,
  page,
  url,
  signIn,
  sender,
}) => {
  await openCase(page, url, sender, 810_002, "500000.00");
  const { first, second, close } = await twoManagers(browser, signIn);
  const sockets = await cuttable(second);
  sockets.cut(); // the second browser hears nothing of the first one's click before its own
  for (const page of [first, second]) {
    await page.goto(`${url}/retention`);
    await queue(page).getByText("810002").click();
    await expect(page.getByRole("button", { name: "I’m on it" })).toBeVisible();
  }
  await first.getByRole("button", { name: "I’m on it" }).click();
  await expect(first.getByRole("button", { name: "Release" })).toBeVisible();
  await second.getByRole("button", { name: "I’m on it" }).click();
  await expect(second.getByText(/Lin Wei was faster/)).toBeVisible();
  await expect(second.getByRole("button", { name: "Take over …" })).toBeVisible(); // the case as it stands now
  await close();
});

test("a case that somebody has changes hands by name only, and the owner is told; a note conflicts with nothing", async ({
  browser,
  page,
  url,
  signIn,
  sender,
}) => {
  await openCase(page, url, sender, 810_004, "400000.00");
  const { first: owner, second: other, close } = await twoManagers(browser, signIn);
  for (const page of [owner, other]) {
    await page.goto(`${url}/retention`);
    await queue(page).getByText("810004").click();
  }
  await owner.getByRole("button", { name: "I’m on it" }).click();
  await expect(other.getByRole("button", { name: "Take over …" })).toBeVisible();
  await other.getByRole("textbox", { name: "Add a note" }).fill("calls back on Monday");
  await other.getByRole("button", { name: "Add note" }).click();
  await expect(other.getByText("He Min: calls back on Monday")).toBeVisible();
  await expect(other.getByRole("textbox", { name: "Add a note" })).toHaveValue("");

  await other.getByRole("textbox", { name: "Add a note" }).blur();
  await other.keyboard.press("c"); // "I'm on it" of a case that somebody has asks first
  await other.getByRole("menuitem", { name: "Take it over from Lin Wei" }).click();
  await expect(other.getByText("He Min took it over from Lin Wei")).toBeVisible();
  // Told once it can no longer be undone (W2).
  await expect(owner.getByText(/He Min took over your case of/)).toBeVisible({ timeout: 20 * SECOND });
  await close();
});

test("an import changes who counts", async ({ page, url, signIn, sender }) => {
  await sender.post("premium-changes", [change(810_003, "2000.00")]); // nobody special yet: no case
  await signIn(page, "administrator");
  await page.goto(`${url}/`);
  await expect(page).toHaveURL(/\/key-users/);
  await page.locator("input[type=file]").setInputFiles({
    name: "list.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("id,raw_premium,raw_info\n810003,2000.00,annuity\nnot-a-number,1,x\n"),
  });
  await expect(page.getByText("Customer is no whole number")).toBeVisible(); // the dry run names what is refused
  await page.getByRole("button", { name: /skip 1/i }).click();
  await expect(page.getByText("810003").first()).toBeVisible();
  await sender.post("premium-changes", [change(810_003, "100.00")]);
  await page.goto(`${url}/retention`);
  await expect(queue(page).getByText("810003")).toBeVisible();
});

test("a link to a case that there is not says so at once, and leads back", async ({ page, url, signIn }) => {
  await signIn(page, "manager");
  await page.goto(`${url}/retention?case=999999999`);
  await expect(page.getByText("There is no such case.")).toBeVisible();
  await page.getByRole("button", { name: "Back to the queue" }).click();
  await expect(page).not.toHaveURL(/case=999999999/);
});
