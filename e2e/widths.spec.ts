import { demoHasArrived } from "./support/demo.ts";
import { demoUrl, expect, signInAt, test } from "./support/fixtures.ts";
import { layoutFaults } from "./support/layout-faults.ts";

const SCREENS = [
  "/orders",
  "/retention",
  "/key-users",
  "/audience",
  "/pipeline",
  "/admin/people",
  "/admin/api-keys",
  "/admin/audit",
  "/admin/settings",
  "/me",
] as const;
const WIDTHS = Array.from({ length: (2560 - 320) / 40 + 1 }, (_, step) => 320 + 40 * step);

test.describe.configure({ mode: "parallel" });
test.beforeAll(demoHasArrived);

for (const locale of ["en", "zh"] as const) {
  test(`no page overflows or overlaps at any width from 320 to 2560 px, in ${locale}`, async ({
    browser,
  }) => {
    test.setTimeout(240_000);
    const url = demoUrl();
    const context = await browser.newContext();
    await context.addCookies([{ name: "locale", value: locale, url }]);
    const page = await context.newPage();
    await signInAt(url, page, "admin@tidewatch.demo", "tidewatch-demo");
    const faults: Record<string, readonly string[]> = {};
    for (const screen of SCREENS) {
      await page.goto(`${url}${screen}`);
      await expect(page.locator("main")).toBeVisible();
      await expect(page.locator("[aria-busy=true], [data-skeleton]")).toHaveCount(0);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        const found = await layoutFaults(page);
        if (found.length > 0) faults[`${screen} at ${width} px`] = found.slice(0, 3);
      }
    }
    expect(faults).toEqual({});
    await context.close();
  });
}
