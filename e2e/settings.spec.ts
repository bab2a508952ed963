import type { Browser, Page } from "@playwright/test";
import { expect, signInAt, test } from "./support/fixtures.ts";
import { makePeople, PASSWORD } from "./support/people.ts";
import { seriousFaults } from "./support/serious-faults.ts";
import { startServer, type TestServer } from "./support/server.ts";

const PEOPLE = [
  { email: "ada@example.test", name: "Ada Admin", role: "administrator" },
  { email: "bo@example.test", name: "Bo Admin", role: "administrator" },
  { email: "lin@example.test", name: "Lin Wei", role: "manager" },
  { email: "iris@example.test", name: "Iris Audit", role: "auditor" },
] as const;
const WAITS = "Nothing is done yet";

let server: TestServer;

// Settings hold for a whole installation: this story has one of its own, and is told in order.
test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  test.setTimeout(180_000);
  server = await startServer({ KEEP_LOG: "90d" });
  await makePeople(server, PEOPLE);
});
test.afterAll(() => server.stop());

/** A page of somebody's own, in their own browser. */
async function pageOf(browser: Browser, name: "ada" | "bo" | "iris", path: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await signInAt(server.url, page, `${name}@example.test`, PASSWORD);
  await page.goto(`${server.url}${path}`);
  return page;
}

test("a setting is refused in words, set with a reason, told in the history; the environment's is only shown", async ({
  browser,
}) => {
  const page = await pageOf(browser, "ada", "/admin/settings");
  await page.getByRole("button", { name: "Change Business hours" }).click();
  const dialog = page.getByRole("dialog", { name: "Business hours" });
  await dialog.getByLabel("Open").fill("nine to five");
  await dialog.getByLabel("Reason").fill("the new office");
  await dialog.getByRole("button", { name: "Put in force" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Open cannot be used: write weekdays with hours");
  await dialog.getByLabel("Open").fill("Mon-Sat 08:30-17:00");
  await dialog.getByLabel("Days off").fill("2026-10-01..2026-10-07 National Day\n+2026-10-10");
  expect(await seriousFaults(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Put in force" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("definition").filter({ hasText: "Mon-Sat 08:30-17:00" })).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "the new office" })).toContainText("Ada Admin");

  await expect(page.getByRole("definition").filter({ hasText: "90 days" })).toContainText("environment");
  await page.getByRole("button", { name: "Change How long things are kept" }).click();
  await expect(page.getByRole("dialog").getByLabel("Log of events")).toBeDisabled();
  await page.context().close();
});

test("who saw older settings is told that somebody was faster", async ({ browser }) => {
  const [slow, fast] = [
    await pageOf(browser, "ada", "/admin/settings"),
    await pageOf(browser, "bo", "/admin/settings"),
  ];
  for (const [page, count] of [
    [slow, "5"],
    [fast, "9"],
  ] as const) {
    await page.getByRole("button", { name: "Change Calling customers" }).click();
    await page
      .getByRole("dialog")
      .getByLabel(/^Fields that one person/)
      .fill(count);
    await page.getByRole("dialog").getByLabel("Reason").fill("as the test asks");
  }
  await fast.getByRole("button", { name: "Put in force" }).click();
  await expect(fast.getByRole("dialog")).toBeHidden();
  await slow.getByRole("button", { name: "Put in force" }).click();
  await expect(slow.getByRole("alert").filter({ hasText: "Bo Admin changed the settings" })).toBeVisible();
  await slow.context().close();
  await fast.context().close();
});

test("what waits is confirmed by another administrator, refused, or withdrawn; an auditor only looks", async ({
  browser,
}) => {
  test.setTimeout(90_000);
  const ada = await pageOf(browser, "ada", "/admin/settings");
  await ada.getByRole("button", { name: "Change Four eyes" }).click();
  const eyes = ada.getByRole("dialog", { name: "Four eyes" });
  await eyes.getByLabel("thresholds of alerts").check();
  await eyes.getByLabel("roles of people").check();
  await eyes.getByLabel("Reason").fill("asked for by the auditors");
  await eyes.getByRole("button", { name: "Put in force" }).click();
  await expect(eyes).toBeHidden();

  await ada.goto(`${server.url}/key-users?rules=open`);
  const rules = ada.getByRole("dialog");
  await rules.locator("input[name=step]").fill("20");
  await rules.locator("input[name=reason]").fill("too many alerts");
  await rules.locator("button[type=submit]").click();
  await expect(ada.getByText(WAITS)).toBeVisible();

  await ada.goto(`${server.url}/admin/people`);
  await ada.getByRole("button", { name: "Lin Wei" }).click();
  await ada.getByRole("region", { name: "Lin Wei" }).getByLabel("Role").click();
  await ada.getByRole("option", { name: "Administrator" }).click();
  await ada
    .getByRole("dialog")
    .getByLabel(/^Reason/)
    .fill("leads the team");
  await ada.getByRole("dialog").getByRole("button", { name: "Propose" }).click();
  await expect(ada.getByText(WAITS)).toBeVisible();

  await ada.goto(`${server.url}/admin/settings`);
  const own = ada.getByRole("listitem").filter({ hasText: "Thresholds: one step 15.00 % → 20 %" });
  await expect(own.getByText("You proposed this")).toBeVisible();
  await expect(own.getByRole("button", { name: "Confirm" })).toHaveCount(0);

  const iris = await pageOf(browser, "iris", "/admin/settings");
  await expect(iris.getByRole("listitem").filter({ hasText: "Thresholds: one step 15.00 %" })).toBeVisible();
  await expect(iris.getByRole("button", { name: /Confirm|Refuse|Change/ })).toHaveCount(0);
  await iris.context().close();

  const bo = await pageOf(browser, "bo", "/admin/settings");
  expect(await seriousFaults(bo)).toEqual([]);
  await bo
    .getByRole("listitem")
    .filter({ hasText: "Thresholds: one step 15.00 %" })
    .getByRole("button", { name: "Confirm" })
    .click();
  await bo.getByRole("dialog").getByRole("button", { name: "Confirm" }).click();
  await expect(bo.getByText("It is done")).toBeVisible();
  await expect(bo.getByRole("definition").filter({ hasText: "20.00 %" })).toBeVisible();

  const role = bo.getByRole("listitem").filter({ hasText: "Lin Wei: Business manager → Administrator" });
  await role.getByRole("button", { name: "Refuse" }).click();
  await bo.getByRole("dialog").getByLabel("Reason").fill("not before Friday");
  await bo.getByRole("dialog").getByRole("button", { name: "Refuse" }).click();
  await expect(role).toBeHidden();
  await bo.getByText("Decided", { exact: true }).click();
  await expect(bo.getByRole("listitem").filter({ hasText: "not before Friday" })).toContainText(
    "refused by Bo Admin",
  );
  await bo.goto(`${server.url}/admin/people`);
  await expect(bo.getByRole("row", { name: /Lin Wei/ })).toContainText("Business manager");
  await bo.context().close();
  await ada.context().close();
});
