import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures.ts";

const REFUSED_MS = 2_000;

const FIGURES = "/api/v1/pipeline";

/** How the system answers a machine. */
async function statusOf(url: string, secret: string, path = FIGURES): Promise<number> {
  return (await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${secret}` } })).status;
}

const rowOf = (page: Page, name: string) => page.getByRole("row").filter({ hasText: name });

/** The secret that the open dialog shows. */
async function secretIn(page: Page): Promise<string> {
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText(/^tw_/)).toBeVisible();
  return (await dialog.getByText(/^tw_/).textContent()) ?? "";
}

test("an administrator makes a key that works, rotates it with an overlap, and revokes it", async ({
  page,
  url,
  signIn,
}) => {
  await signIn(page, "administrator");
  await page.goto(`${url}/admin/api-keys`);
  await page.getByRole("button", { name: "Create key" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("e2e reader");
  await dialog.getByLabel("Reason").fill("to try it");
  await dialog.getByRole("button", { name: "Create key" }).click();
  await expect(dialog.getByText("Choose at least one.")).toBeVisible();
  await dialog.getByRole("checkbox", { name: "read", exact: true }).check();
  await dialog.getByRole("button", { name: "Create key" }).click();
  const first = await secretIn(page);
  await expect(dialog.getByText(`curl`)).toContainText(FIGURES);
  expect(await statusOf(url, first)).toBe(200);
  expect(await statusOf(url, first, "/api/v1/api-keys"), "no machine sees keys").toBe(403);
  // What is shown once does not go by a press beside it.
  await page.keyboard.press("Escape");
  await expect(dialog).toBeVisible();
  await dialog.getByRole("button", { name: "I have kept it" }).click();
  await expect(dialog).toHaveCount(0);
  const row = rowOf(page, "e2e reader");
  await expect(row).toContainText("valid");
  await expect(row).toContainText("Ada Admin");
  await expect(row).toContainText("600 a minute");
  await expect(row).toContainText(/ago from 127\.0\.0\.1/, { timeout: 20_000 }); // read anew every ten seconds
  await expect(page.locator("body")).not.toContainText(first);

  await page.getByRole("button", { name: "Rotate the key e2e reader" }).click();
  await dialog.getByLabel("Reason").fill("once a year");
  await dialog.getByRole("button", { name: "Rotate", exact: true }).click();
  const second = await secretIn(page);
  expect(second).not.toBe(first);
  expect([await statusOf(url, first), await statusOf(url, second)]).toEqual([200, 200]);
  await dialog.getByRole("button", { name: "I have kept it" }).click();
  await expect(row).toHaveCount(2);
  const replaced = row.filter({ hasText: "being replaced" });
  await expect(replaced).toContainText("in 23 hr");
  await expect(replaced.getByRole("button", { name: /Rotate/ })).toHaveCount(0);

  await replaced.getByRole("button", { name: "Revoke the key e2e reader" }).click();
  await dialog.getByLabel("Reason").fill("it has the new one");
  await dialog.getByRole("button", { name: "Revoke", exact: true }).click();
  await expect(dialog).toHaveCount(0);
  const began = Date.now();
  await expect.poll(() => statusOf(url, first), { intervals: [50] }).toBe(401);
  expect(Date.now() - began).toBeLessThan(REFUSED_MS);
  expect(await statusOf(url, second)).toBe(200);
  await expect(row).toHaveCount(1);
  await page.getByRole("radio", { name: "Ended" }).check();
  await expect(rowOf(page, "e2e reader")).toContainText("revoked");
});

test("nobody but administrators sees the keys", async ({ page, url, signIn }) => {
  for (const role of ["operations", "manager"] as const) {
    await page.context().clearCookies();
    await signIn(page, role);
    await page.goto(`${url}/admin/api-keys`);
    await expect(page.getByText("Not for your role")).toBeVisible();
    const answers = await Promise.all([
      page.request.get(`${url}/api/v1/api-keys`),
      page.request.post(`${url}/api/v1/api-keys`, { headers: { origin: url }, data: {} }),
    ]);
    expect(answers.map((answer) => answer.status())).toEqual([403, 403]);
  }
});

test("a key beyond its limit is told how long to wait, and on a phone the keys are cards", async ({
  page,
  url,
  signIn,
}) => {
  await signIn(page, "administrator");
  const made = await page.request.post(`${url}/api/v1/api-keys`, {
    headers: { origin: url },
    data: { name: "two a minute", scopes: ["read"], perMinute: 2, reason: "to try the limit" },
  });
  expect(made.status()).toBe(201);
  const { secret } = (await made.json()) as { secret: string };
  expect([await statusOf(url, secret), await statusOf(url, secret)]).toEqual([200, 200]);
  const refused = await fetch(`${url}${FIGURES}`, { headers: { authorization: `Bearer ${secret}` } });
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await refused.json()).toMatchObject({
    code: "too_busy",
    detail: expect.stringContaining("may send 2 requests a minute"),
  });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${url}/admin/api-keys`);
  await expect(rowOf(page, "two a minute")).toContainText("2 a minute");
  await expect(page.getByRole("columnheader", { name: "Limit" })).toHaveCount(0);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
});
