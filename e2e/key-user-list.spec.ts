import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures.ts";
import { listKeyUser } from "./support/key-users.ts";
import { API_KEY } from "./support/people.ts";

const byKey = { authorization: `Bearer ${API_KEY}` };

/** What somebody else does to a row. @param seen its version */
async function edit(page: Page, url: string, id: number, seen: number, rawPremium: string): Promise<void> {
  const answer = await page.request.patch(`${url}/api/v1/key-users/${id}`, {
    headers: { ...byKey, "if-match": `"${seen}"` },
    data: { rawPremium },
  });
  expect(answer.status(), await answer.text()).toBe(200);
}

const row = (page: Page, id: number) => page.getByRole("row", { name: String(id) });

const ids = (page: Page) =>
  page
    .getByRole("row")
    .filter({ has: page.getByRole("button", { name: /History of/ }) })
    .evaluateAll((rows) => rows.map((row) => row.querySelector("td")?.textContent));

test.beforeEach(({ page, signIn }) => signIn(page, "administrator"));

test("the list is sorted by any column both ways, by its head, and the address keeps it", async ({
  page,
  url,
}) => {
  for (const [id, baseline] of [
    [850_101, "300.00"],
    [850_102, "20.00"],
    [850_103, "1000.00"],
  ] as const) {
    await listKeyUser(page, url, id, baseline);
  }
  await page.goto(`${url}/key-users?search=85010`);
  await expect.poll(() => ids(page)).toEqual(["850101", "850102", "850103"]);
  await expect(row(page, 850_101)).toContainText(/INIT_API_KEY \d\d\/\d\d\/\d{4}, \d\d:\d\d/);
  await page.getByRole("button", { name: "Baseline, CNY" }).click();
  await expect.poll(() => ids(page)).toEqual(["850103", "850101", "850102"]);
  await expect(page.getByRole("columnheader", { name: "Baseline, CNY" })).toHaveAttribute(
    "aria-sort",
    "descending",
  );
  // The keyboard is at the head still, with the rows of the new order.
  await expect(page.getByRole("button", { name: "Baseline, CNY" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect.poll(() => ids(page)).toEqual(["850102", "850101", "850103"]);
  await page.reload();
  await expect.poll(() => ids(page)).toEqual(["850102", "850101", "850103"]);
  for (const head of ["Customer", "Cover", "Baseline since", "Last change", "State"]) {
    const column = page.getByRole("columnheader", { name: head, exact: true });
    await column.getByRole("button").click();
    await expect(column).toHaveAttribute("aria-sort", /ending$/);
    const before = await column.getAttribute("aria-sort");
    await column.getByRole("button").click();
    await expect(column).not.toHaveAttribute("aria-sort", before ?? "");
    await expect.poll(async () => (await ids(page)).length).toBe(3);
  }
});

test("filters stand in the address, narrow list and export alike, and say what cannot be one", async ({
  page,
  url,
  sender,
}) => {
  for (const id of [850_201, 850_202]) await listKeyUser(page, url, id, id === 850_201 ? "100.00" : "900.00");
  await sender.post("premium-changes", [{ id: 850_202, now_premium: "200.00", gmt_modified: Date.now() }]);
  const open = async () =>
    (await (await page.request.get(`${url}/api/v1/key-users/850202`)).json()).openCaseId as string | null;
  await expect.poll(open).not.toBeNull();
  await page.goto(`${url}/key-users?search=85020`);
  await page.getByRole("button", { name: "Filter" }).click();
  await page.getByLabel("Baseline from, CNY").fill("500");
  await page.getByLabel("Baseline to, CNY").fill("100");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText(/first amount is above the second: exchange them/)).toBeVisible();
  await page.getByLabel("Baseline from, CNY").fill("150");
  await page.getByLabel("Baseline to, CNY").fill("");
  await page.getByRole("combobox", { name: "Changed last by" }).click();
  await page.getByRole("option", { name: "data stream" }).click();
  await page.getByRole("combobox", { name: "Open case" }).click();
  await page.getByRole("option", { name: "with an open case" }).click();
  await page.getByRole("button", { name: "Apply" }).click();
  await expect.poll(() => ids(page)).toEqual(["850202"]);
  await expect(page).toHaveURL(/amountFrom=150/);
  await expect(page).toHaveURL(/editor=stream/);
  const href = await page.getByRole("link", { name: "Export" }).getAttribute("href");
  const csv = await (await page.request.get(`${url}${href}`)).text();
  expect(csv.split("\n").filter((line) => line.startsWith("8502"))).toHaveLength(1);
  await page.getByRole("button", { name: "3 filters" }).click();
  await page.getByRole("button", { name: "Clear", exact: true }).click();
  await expect.poll(() => ids(page)).toEqual(["850201", "850202"]);
});

test("a change is reverted from the row's history, once it was said what then stands", async ({
  page,
  url,
}) => {
  await listKeyUser(page, url, 850_301, "1000.00");
  await edit(page, url, 850_301, 1, "10.00");
  await page.goto(`${url}/key-users?search=850301`);
  await page.getByRole("button", { name: "History of 850301" }).click();
  await page.getByRole("button", { name: "Revert" }).click();
  const dialog = page.getByRole("dialog", { name: "Revert a change of 850301" });
  await expect(dialog).toContainText("10.00 → 1,000.00");
  await dialog.getByLabel("Reason (optional)").fill("typed wrongly");
  await dialog.getByRole("button", { name: "Revert" }).click();
  await expect(page.getByText("850301 stands as before that change.")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "Reverted" })).toContainText("typed wrongly");
  const now = await (await page.request.get(`${url}/api/v1/key-users/850301`)).json();
  expect(now).toMatchObject({ rawPremium: "1000.00", version: 3, updatedBy: "Ada Admin" });
});

test("a change that was overtaken meanwhile is not reverted: who was faster is told, in the reader's language", async ({
  page,
  url,
}) => {
  await listKeyUser(page, url, 850_401, "1000.00");
  await edit(page, url, 850_401, 1, "10.00");
  await page.context().addCookies([{ name: "locale", value: "zh", url }]);
  await page.goto(`${url}/key-users?search=850401`);
  await page.getByRole("button", { name: "850401 的历史" }).click();
  await page.getByRole("button", { name: "还原" }).click();
  const dialog = page.getByRole("dialog", { name: "850401" }).filter({ hasText: "原因" });
  await edit(page, url, 850_401, 2, "20.00");
  await dialog.getByRole("button", { name: "还原" }).click();
  await expect(page.getByText("在您查看之后，INIT_API_KEY 修改了这一行。")).toBeVisible();
  await expect(row(page, 850_401)).toContainText("20.00");
  const now = await (await page.request.get(`${url}/api/v1/key-users/850401`)).json();
  expect(now).toMatchObject({ rawPremium: "20.00", version: 3 });
});

test("a row that changes under an order and a filter keeps its place until the list is asked anew", async ({
  page,
  url,
}) => {
  for (const [id, baseline] of [
    [850_501, "100.00"],
    [850_502, "200.00"],
    [850_503, "300.00"],
  ] as const) {
    await listKeyUser(page, url, id, baseline);
  }
  await page.goto(`${url}/key-users?search=85050&sort=rawPremium&direction=asc&amountFrom=150`);
  await expect.poll(() => ids(page)).toEqual(["850502", "850503"]);
  // A line that has just come up reads the list anew as a whole: what this is about begins afterwards.
  await expect(page.getByRole("status").filter({ hasText: "Live" })).toBeVisible();
  await edit(page, url, 850_503, 1, "310.00");
  await expect(row(page, 850_503)).toContainText("310.00");
  await edit(page, url, 850_502, 1, "400.00");
  await expect(row(page, 850_502)).toContainText("400.00");
  await expect.poll(() => ids(page)).toEqual(["850502", "850503"]);
  await page.getByRole("button", { name: "Baseline, CNY" }).click();
  await page.getByRole("button", { name: "Baseline, CNY" }).click();
  await expect.poll(() => ids(page)).toEqual(["850503", "850502"]);
});

test("an empty list says what to do: the way back clears search, status and filters, and keeps the order", async ({
  page,
  url,
}) => {
  await listKeyUser(page, url, 850_601, "100.00");
  const whole = page.getByRole("button", { name: "Clear search and filters" });
  await page.goto(`${url}/key-users?status=removed&search=nobody&openCase=no&sort=rawPremium`);
  await expect(page.getByText("Nobody matches")).toBeVisible();
  await whole.click();
  await expect(page.getByRole("searchbox")).toHaveValue("");
  await expect(page.getByRole("columnheader", { name: "Baseline, CNY" })).toHaveAttribute(
    "aria-sort",
    "descending",
  );
  await expect(page).toHaveURL(/\/key-users\?sort=rawPremium$/);
  // Whatever somebody made of an address: what is no amount is not asked for, and what no list answers to has a way back.
  await page.goto(`${url}/key-users?search=850601&amountFrom=ten`);
  await expect.poll(() => ids(page)).toEqual(["850601"]);
  await page.goto(`${url}/key-users?search=850601&amountFrom=2&amountTo=1`);
  await expect(page.getByText("The list could not be read.")).toBeVisible();
  await whole.click();
  // Others' customers may stand before this one: it is the list that is back.
  await expect.poll(async () => (await ids(page)).length).toBeGreaterThan(0);
  await expect(page.getByText("The list could not be read.")).toHaveCount(0);
});

test("a list to which nobody was ever removed does not claim that it is empty", async ({ page, url }) => {
  await page.route("**/api/v1/key-users?*", (route) =>
    route.fulfill({ json: { items: [], nextCursor: null, total: 0 } }),
  );
  await page.goto(`${url}/key-users?status=removed`);
  await expect(page.getByText("Nobody matches")).toBeVisible();
  await expect(page.getByText("Nobody is on the list yet.")).toHaveCount(0);
});

test("filters by the keyboard alone, and the keyboard goes on where it was", async ({ page, url }) => {
  for (const id of [850_701, 850_702]) await listKeyUser(page, url, id, id === 850_701 ? "100.00" : "900.00");
  await page.goto(`${url}/key-users?search=85070`);
  const opener = page.getByRole("button", { name: /^(Filter|2 filters)$/ });
  await opener.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Baseline from, CNY")).toBeFocused();
  await page.keyboard.type("1,00x");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "An amount is a number" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(opener).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Baseline from, CNY")).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("100.5");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("option", { name: "without one" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("option")).toHaveCount(0);
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("option", { name: "without one" })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Apply" }).press("Enter");
  await expect(opener).toBeFocused();
  await expect.poll(() => ids(page)).toEqual(["850702"]);
  await expect(page).toHaveURL(/amountFrom=100\.50&openCase=/);
});

test("on a phone, also a low one, order and filters are at hand", async ({ page, url }) => {
  await page.setViewportSize({ width: 390, height: 667 });
  for (const id of [850_801, 850_802]) await listKeyUser(page, url, id, id === 850_801 ? "100.00" : "900.00");
  await page.goto(`${url}/key-users?search=85080`);
  await page.getByRole("combobox", { name: "Sort" }).click();
  await page.getByRole("option", { name: "Sort: Baseline", exact: true }).click();
  await expect.poll(() => ids(page)).toEqual(["850802", "850801"]);
  await page.getByRole("button", { name: "Descending: turn the order" }).click();
  await expect.poll(() => ids(page)).toEqual(["850801", "850802"]);
  await page.getByRole("button", { name: "Filter" }).click();
  const form = page.getByRole("dialog", { name: "Filter" });
  for (const button of ["Clear", "Apply"]) {
    await expect(form.getByRole("button", { name: button })).toBeInViewport({ ratio: 1 });
  }
  await expect(form).toBeInViewport({ ratio: 1 });
  await form.getByLabel("Changed since").fill("2099-01-01");
  // Turned, the form scrolls, and the tools stand in two lines.
  await page.setViewportSize({ width: 667, height: 390 });
  await form.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("Nobody matches")).toBeVisible();
  await expect(page.getByRole("button", { name: "1 filter" })).toBeInViewport({ ratio: 1 });
  expect((await page.getByRole("searchbox").boundingBox())?.width).toBeGreaterThan(120);
});
