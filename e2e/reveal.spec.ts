import type { Page } from "@playwright/test";
import { expect, type Sender, test } from "./support/fixtures.ts";
import { listKeyUser } from "./support/key-users.ts";
import { seriousFaults } from "./support/serious-faults.ts";

/** Calling a customer: why, the number for a minute, how it went, and what is left of it on the timeline. */

const TELEPHONE = "13856785678";
/** As a revealed number is written. */
const SHOWN = "138 5678 5678";

/** A key customer who has left a number with an order, and gives up nearly everything. */
async function aCase(page: Page, url: string, sender: Sender, id: number): Promise<void> {
  const now = Date.now();
  await sender.post("orders", [
    { id, order_no: `R${id}`, gmt_modified: now, customer_name: "王小明", customer_tel: TELEPHONE },
  ]);
  await listKeyUser(page, url, id, "1000.00");
  await sender.post("premium-changes", [
    { id, now_premium: "1.00", gmt_modified: now, open_id: "e2e", now_info: "term 10" },
  ]);
  await page.goto(`${url}/retention?find=${id}`);
  await expect(page.getByRole("button", { name: "Call …" })).toBeVisible();
}

const form = (page: Page) => page.getByRole("dialog", { name: "Call …" });
const detail = (page: Page) => page.getByRole("region", { name: "Evidence" });
const timeline = (page: Page) =>
  detail(page)
    .locator("section")
    .filter({ has: page.getByRole("heading", { name: "Timeline" }) });

test("a number is shown for a minute to who says why, and the timeline tells of it", async ({
  page,
  url,
  signIn,
  sender,
}) => {
  test.setTimeout(180_000);
  await signIn(page, "manager");
  await aCase(page, url, sender, 856_001);
  await page.getByRole("button", { name: "Call …" }).click();
  await expect(page.getByText(SHOWN)).toHaveCount(0);
  expect(await seriousFaults(page)).toEqual([]);
  await form(page).getByRole("radio", { name: "Another reason" }).check();
  await form(page).getByLabel("Which").fill("asked for a call");
  await form(page).getByRole("button", { name: "Show the number" }).click();
  await expect(form(page).getByText(SHOWN)).toBeVisible();
  await expect(form(page).getByRole("link", { name: "Call" })).toHaveAttribute("href", `tel:${TELEPHONE}`);
  await expect(timeline(page)).toContainText("revealed Telephone: Another reason, asked for a call");
  // A minute of the server's clock, which no clock of the viewer's shortens.
  await expect(page.getByText(SHOWN)).toHaveCount(0, { timeout: 70_000 });
});

test("how a call went is on the timeline: reached makes it contacted, and who is not to be called is asked about", async ({
  page,
  url,
  signIn,
  sender,
}) => {
  await signIn(page, "manager");
  await aCase(page, url, sender, 856_002);
  await page.keyboard.press("t");
  await form(page).getByLabel("Note, if there is something to say").fill("happy with the cover");
  await form(page).getByRole("button", { name: "Reached" }).click();
  await expect(timeline(page)).toContainText("called: Reached: happy with the cover");
  await expect(detail(page).getByText("contacted", { exact: true })).toBeVisible();
  await page.keyboard.press("t");
  await form(page).getByRole("button", { name: "Does not want to be contacted" }).click();
  await expect(timeline(page)).toContainText("called: Does not want to be contacted");
  await page.keyboard.press("t");
  await form(page).getByRole("button", { name: "Show the number" }).click();
  await expect(page.getByText(SHOWN)).toHaveCount(0); // the box is not ticked
  await form(page).getByRole("checkbox").check();
  await form(page).getByRole("button", { name: "Show the number" }).click();
  await expect(form(page).getByText(SHOWN)).toBeVisible();
});

test("who may not reveal sees no number, over the API either", async ({ page, url, signIn, sender }) => {
  await signIn(page, "administrator");
  await aCase(page, url, sender, 856_003);
  await page.getByRole("button", { name: "Call …" }).click();
  await expect(form(page).getByText("Names and numbers are shown to business managers.")).toBeVisible();
  await expect(form(page).getByRole("button", { name: "Show the number" })).toHaveCount(0);
  const id = /retention\?.*case=(\d+)/.exec(page.url())?.[1] ?? "1";
  const answer = await page.request.post(`${url}/api/v1/retention/cases/${id}/reveal`, {
    headers: { origin: url },
    data: { field: "telephone", reason: "calling" },
  });
  expect(answer.status()).toBe(403);
});
