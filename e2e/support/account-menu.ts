import { expect, type Page } from "@playwright/test";

/** Opens the menu of one's own account once the page has taken over: before that a press is heard by nobody. */
export async function openAccountMenu(page: Page): Promise<void> {
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: /^Your account/ }).click();
}
