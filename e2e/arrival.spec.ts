import { errors, type Page } from "@playwright/test";
import { shiftsOf, watch } from "./support/calm.ts";
import { expect, test } from "./support/fixtures.ts";
import { haltingLine } from "./support/halting-line.ts";

/** How long a half page is watched; without the mark of its end, Chromium paints it within a tenth of that. */
const WATCHED_MS = 1_500;

/** What was painted has been compared with what stood there before. */
function twoFrames(page: Page): Promise<void> {
  return page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );
}

test("a page that arrives in pieces is painted whole, so nothing in it moves", async ({
  page,
  url,
  signIn,
}) => {
  const line = await haltingLine(url, ' type="radio"');
  try {
    await signIn(page, "operations");
    // Without scripts: what the parser does is looked at, and the live connection does not cross this line.
    await page.route("**/*.js", (route) => route.abort());
    await watch(page);
    await page.goto(`${line.url}/orders`, { waitUntil: "commit" });
    await expect(page.getByRole("radiogroup")).toBeAttached();
    const paint = page.waitForFunction(() => performance.getEntriesByType("paint").length > 0, null, {
      timeout: WATCHED_MS,
      polling: 50,
    });
    await expect(paint, "half a page is not painted").rejects.toThrow(errors.TimeoutError);

    line.release();
    await expect(page.getByRole("radio").first()).toBeAttached();
    await page.waitForFunction(() => performance.getEntriesByType("paint").length > 0);
    await twoFrames(page);
    expect(await shiftsOf(page), "what moved").toEqual([]);
  } finally {
    await line.close();
  }
});
