import type { Page } from "@playwright/test";
import { demoHasArrived } from "./support/demo.ts";
import { demoUrl, expect, signInAt, test } from "./support/fixtures.ts";
import { seriousFaults } from "./support/serious-faults.ts";

/**
 * Every screen in both languages, light and dark, wide and narrow: pictures into artifacts/screens, to be looked at. axe finds nothing
 * serious: each walk asks it about a screen at one size, and three walks together at all of them.
 */

const SCREENS = [
  { name: "orders", path: "/orders" },
  { name: "retention", path: "/retention" },
  { name: "key-users", path: "/key-users" },
  { name: "audience", path: "/audience" },
  { name: "pipeline", path: "/pipeline" },
  { name: "people", path: "/admin/people" },
  { name: "me", path: "/me" },
  { name: "audit", path: "/admin/audit" },
  { name: "api-keys", path: "/admin/api-keys" },
  { name: "settings", path: "/admin/settings" },
] as const;
const SIZES = [
  { name: "wide", width: 1440, height: 900 },
  { name: "narrow", width: 390, height: 844 },
  { name: "wall", width: 1920, height: 1080 },
] as const;
const FOLDER = "artifacts/screens";

async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("load");
  await expect(page.locator("main")).toBeVisible();
  await expect(page.locator("[aria-busy=true], [data-skeleton]")).toHaveCount(0);
}

test.describe.configure({ mode: "parallel" });
test.beforeAll(demoHasArrived);

const WALKS = (["en", "zh"] as const).flatMap((locale) =>
  (["light", "dark"] as const).map((scheme) => ({ locale, scheme })),
);
const turned = <T>(list: readonly T[], by: number): T[] =>
  list.map((_, index) => list[(index + by) % list.length] as T);

for (const [walk, { locale, scheme }] of WALKS.entries()) {
  // The fourth walk would ask what the first has asked: a theme is colours and nothing else, so it asks about those.
  const asked = walk === SIZES.length ? "colours" : "everything";
  test(`screens in ${locale}, ${scheme}`, async ({ browser }) => {
    test.setTimeout(240_000);
    const url = demoUrl();
    const context = await browser.newContext({ colorScheme: scheme });
    await context.addCookies([{ name: "locale", value: locale, url }]);
    const page = await context.newPage();
    const faults: Record<string, string[]> = {};
    await page.goto(`${url}/sign-in`);
    faults["sign-in"] = await seriousFaults(page, asked);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await page.screenshot({ path: `${FOLDER}/sign-in-${locale}-${scheme}-${size.name}.png` });
    }
    await signInAt(url, page, "admin@tidewatch.demo", "tidewatch-demo");
    for (const [index, screen] of SCREENS.entries()) {
      // Each walk begins a screen at another size, so that each screen is drawn anew at each of them, and follows to the others.
      const sizes = turned(SIZES, index + walk);
      await page.setViewportSize(sizes[0] ?? SIZES[0]);
      await page.goto(`${url}${screen.path}`);
      for (const size of sizes) {
        await page.setViewportSize(size);
        await settled(page);
        if (size === sizes[0]) faults[`${screen.name} ${size.name}`] = await seriousFaults(page, asked);
        await page.screenshot({ path: `${FOLDER}/${screen.name}-${locale}-${scheme}-${size.name}.png` });
      }
    }
    const found = Object.fromEntries(Object.entries(faults).filter(([, list]) => list.length > 0));
    expect(found).toEqual({});
    await context.close();
  });
}
