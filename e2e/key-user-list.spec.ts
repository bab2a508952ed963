import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures.ts";
import { listKeyUser } from "./support/key-users.ts";
import { API_KEY } from "./support/people.ts";

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
  await page.getByRole("button", { name: "Baseline, CNY" }).click();
  await expect.poll(() => ids(page)).toEqual(["850103", "850101", "850102"]);
  await expect(page.getByRole("columnheader", { name: "Baseline, CNY" })).toHaveAttribute(
    "aria-sort",
    "descending",
  );
  await page.getByRole("button", { name: "Baseline, CNY" }).press("Enter");
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
  const edited = await page.request.patch(`${url}/api/v1/key-users/850301`, {
    headers: { authorization: `Bearer ${API_KEY}`, "if-match": '"1"' },
    data: { rawPremium: "10.00" },
  });
  expect(edited.status()).toBe(200);
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
