import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures.ts";
import { listKeyUser } from "./support/key-users.ts";
import { API_KEY } from "./support/people.ts";

const byKey = { authorization: `Bearer ${API_KEY}` };
const rowOf = async (page: Page, url: string, id: number) =>
  (await page.request.get(`${url}/api/v1/key-users/${id}`)).json();

/** What somebody else does to a row meanwhile. */
async function change(page: Page, url: string, id: number, data: object): Promise<void> {
  const { version } = await rowOf(page, url, id);
  const answer = await page.request.patch(`${url}/api/v1/key-users/${id}`, {
    headers: { ...byKey, "if-match": `"${version}"` },
    data,
  });
  expect(answer.status()).toBe(200);
}

const baseline = (page: Page, id: number) => page.getByRole("button", { name: `Edit the baseline of ${id}` });
const cover = (page: Page, id: number) => page.getByRole("button", { name: `Edit the cover of ${id}` });
const field = (page: Page, what: string, id: number) =>
  page.getByRole("textbox", { name: `Edit the ${what} of ${id}` });
const row = (page: Page, id: number) => page.getByRole("row", { name: String(id) });

async function openList(page: Page, url: string, ids: readonly number[]): Promise<void> {
  for (const id of ids) await listKeyUser(page, url, id, "1000.00");
  await page.goto(`${url}/key-users?search=${String(ids[0]).slice(0, 5)}`);
  await expect(baseline(page, ids[0] ?? 0)).toBeVisible();
}

test.beforeEach(({ page, signIn }) => signIn(page, "administrator"));

test("an edit holds the version from when its cell was opened: one dialog with both values, and nothing typed is lost (W5)", async ({
  page,
  url,
}) => {
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "PATCH") sent.push(request.url());
  });
  await openList(page, url, [830_001]);
  await baseline(page, 830_001).click();
  await change(page, url, 830_001, { rawPremium: "900.00" });
  await expect(row(page, 830_001).getByText(/e2e|INIT/)).toBeVisible();
  await field(page, "baseline", 830_001).fill("950.00");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("950.00");
  await expect(dialog).toContainText("900.00");
  await expect(dialog).toContainText("INIT_API_KEY");
  expect(await rowOf(page, url, 830_001)).toMatchObject({ rawPremium: "900.00" });
  // The focus went from the field into the dialog: that asks for nothing once more.
  await expect(dialog.getByRole("button", { name: "Back to editing" })).toBeFocused();
  expect(sent).toHaveLength(1);

  await dialog.getByRole("button", { name: "Back to editing" }).click();
  await expect(field(page, "baseline", 830_001)).toHaveValue("950.00");
  await expect(field(page, "baseline", 830_001)).toBeFocused();
  await change(page, url, 830_001, { rawPremium: "901.00" });
  await page.keyboard.press("Enter");
  await expect(dialog).toContainText("901.00");
  await dialog.getByRole("button", { name: "Keep mine" }).click();
  await expect(baseline(page, 830_001)).toContainText("950.00");
  expect(await rowOf(page, url, 830_001)).toMatchObject({ rawPremium: "950.00" });

  await cover(page, 830_001).click();
  await change(page, url, 830_001, { rawInfo: "annuity" });
  await field(page, "cover", 830_001).fill("term");
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Take theirs" }).click();
  await expect(cover(page, 830_001)).toHaveText("annuity");
  expect(await rowOf(page, url, 830_001)).toMatchObject({ rawInfo: "annuity" });
});

test("a baseline that the stream moves meanwhile is asked about for the amount, and not for the cover (W5)", async ({
  page,
  url,
  sender,
}) => {
  await openList(page, url, [830_111]);
  await cover(page, 830_111).click();
  const event = { id: 830_111, now_premium: "990.00", now_info: "term 10", gmt_modified: Date.now() };
  await sender.post("premium-changes", [event]);
  await expect.poll(async () => (await rowOf(page, url, 830_111)).version).toBe(2);
  await field(page, "cover", 830_111).fill("corrected");
  await page.keyboard.press("Enter");
  await expect(cover(page, 830_111)).toHaveText("corrected");
  expect(await rowOf(page, url, 830_111)).toMatchObject({ rawPremium: "990.00", rawInfo: "corrected" });

  await baseline(page, 830_111).click();
  await sender.post("premium-changes", [{ ...event, now_premium: "980.00", gmt_modified: Date.now() }]);
  await expect.poll(async () => (await rowOf(page, url, 830_111)).version).toBe(4);
  await field(page, "baseline", 830_111).fill("985");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toContainText("data stream");
  await page.getByRole("button", { name: "Take theirs" }).click();
  await expect(baseline(page, 830_111)).toContainText("980.00");
});

test("Tab and a click elsewhere save; what cannot be saved stays and says why; Escape gives up", async ({
  page,
  url,
}) => {
  await openList(page, url, [830_221, 830_222]);
  await baseline(page, 830_221).click();
  await field(page, "baseline", 830_221).fill("1,100.5");
  await page.keyboard.press("Tab");
  await expect(baseline(page, 830_221)).toContainText("1,100.50");
  await cover(page, 830_222).click();
  await field(page, "cover", 830_222).fill("annuity");
  await page.getByRole("heading", { name: "Key users" }).click();
  await expect(cover(page, 830_222)).toHaveText("annuity");
  expect(await rowOf(page, url, 830_222)).toMatchObject({ rawInfo: "annuity", version: 2 });

  await baseline(page, 830_222).click();
  await field(page, "baseline", 830_222).fill("12,x");
  await page.keyboard.press("Tab");
  await expect(field(page, "baseline", 830_222)).toHaveValue("12,x");
  await expect(page.getByText("A number, zero or more")).toBeVisible();
  await field(page, "baseline", 830_222).press("Escape");
  await expect(baseline(page, 830_222)).toContainText("1,000.00");
  expect(await rowOf(page, url, 830_222)).toMatchObject({ rawPremium: "1000.00", version: 2 });
});

test("an edit that cannot reach the server stays in its field and is saved when asked again", async ({
  page,
  url,
}) => {
  await openList(page, url, [830_331]);
  await page.route("**/api/v1/key-users/830331", (route) =>
    route.request().method() === "PATCH" ? route.abort() : route.continue(),
  );
  await cover(page, 830_331).click();
  await field(page, "cover", 830_331).fill("annuity");
  await page.keyboard.press("Enter");
  await expect(page.getByText("That could not be saved.")).toBeVisible();
  await expect(field(page, "cover", 830_331)).toHaveValue("annuity");
  await page.unroute("**/api/v1/key-users/830331");
  await field(page, "cover", 830_331).press("Enter");
  await expect(cover(page, 830_331)).toHaveText("annuity");
});

test("who adds a customer that was removed is offered to restore them in place", async ({ page, url }) => {
  await openList(page, url, [830_441, 830_442]);
  for (const id of [830_441, 830_442]) {
    const gone = await page.request.delete(`${url}/api/v1/key-users/${id}`, {
      headers: { ...byKey, "if-match": '"1"' },
    });
    expect(gone.status()).toBe(200);
  }
  const enter = async (id: number, amount: string) => {
    await page.getByRole("button", { name: "Add", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Customer id").fill(String(id));
    await dialog.getByLabel("Baseline").fill(amount);
    await dialog.getByRole("button", { name: "Add" }).click();
    return dialog;
  };
  const first = await enter(830_441, "1,200.00");
  await expect(first).toContainText("1,000.00");
  await first.getByRole("button", { name: "Restore as it was" }).click();
  await expect(page.getByText("830441 is back on the list.")).toBeVisible();
  expect(await rowOf(page, url, 830_441)).toMatchObject({ rawPremium: "1000.00", removedAt: null });

  const second = await enter(830_442, "1,200.00");
  await second.getByRole("button", { name: "Restore with what was entered" }).click();
  await expect(page.getByText("830442 is back on the list.")).toBeVisible();
  expect(await rowOf(page, url, 830_442)).toMatchObject({ rawPremium: "1200.00", removedAt: null });

  const third = await enter(830_442, "5");
  await expect(third.getByRole("alert")).toContainText("830442 is on the list already");
});

test("who is taken off the list by mistake is put back with one press", async ({ page, url }) => {
  await openList(page, url, [830_551]);
  await page.getByRole("button", { name: "History of 830551" }).click();
  await page.getByRole("button", { name: "Remove from the list" }).click();
  await expect(page.getByText("830551 is off the list.")).toBeVisible();
  await page.getByRole("button", { name: /^Undo \d+ s$/ }).click();
  await expect(page.getByText("830551 is back on the list.")).toBeVisible();
  expect(await rowOf(page, url, 830_551)).toMatchObject({ rawPremium: "1000.00", removedAt: null });
});

test("what a field lacks is told in the reader's language, not in the browser's", async ({ page, url }) => {
  await page.context().addCookies([{ name: "locale", value: "zh", url }]);
  await page.goto(`${url}/key-users`);
  await page.getByRole("button", { name: "添加", exact: true }).click();
  const dialog = page.getByRole("dialog");
  const number = dialog.getByLabel("客户号");
  const told = () => number.evaluate((field: HTMLInputElement) => field.validationMessage);
  await dialog.getByRole("button", { name: "添加" }).click();
  await expect.poll(told).toBe("请填写此项。");
  await number.fill("1");
  expect(await told()).toBe("");
});
