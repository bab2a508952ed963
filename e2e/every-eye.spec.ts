import type { Page } from "@playwright/test";
import { demoHasArrived } from "./support/demo.ts";
import { demoUrl, expect, signInAt, test } from "./support/fixtures.ts";
import { layoutFaults } from "./support/layout-faults.ts";

/** Screens as people see them who chose their own colours, who enlarge them, and what goes to the clipboard. */

const SCREENS = ["/orders", "/retention", "/key-users", "/audience", "/pipeline", "/admin/audit"] as const;

test.beforeAll(demoHasArrived);
test.beforeEach(async ({ page }) => {
  await signInAt(demoUrl(), page, "admin@tidewatch.demo", "tidewatch-demo");
});

async function open(page: Page, screen: string): Promise<void> {
  await page.goto(`${demoUrl()}${screen}`);
  await expect(page.locator("main")).toBeVisible();
  await expect(page.locator("[aria-busy=true], [data-skeleton]")).toHaveCount(0);
}

test("at 200 % zoom nothing is lost: no page overflows, and each control can be reached", async ({
  page,
}) => {
  await page.setViewportSize({ width: 720, height: 450 }); // 1440 × 900, enlarged twice
  const faults: Record<string, readonly string[]> = {};
  for (const screen of SCREENS) {
    await open(page, screen);
    const found = await layoutFaults(page);
    for (const control of await page.getByRole("main").getByRole("button").all()) {
      await control.scrollIntoViewIfNeeded();
      const box = await control.boundingBox();
      if (!box || box.x < 0 || box.x + box.width > 720 || box.width === 0) {
        found.push(`${await control.textContent()} is out of reach`);
      }
    }
    if (found.length > 0) faults[screen] = found;
  }
  expect(faults).toEqual({});
});

test("forced colours keep what colour alone would say: what is chosen, the bars, the comparison", async ({
  page,
}) => {
  await page.emulateMedia({ forcedColors: "active" });
  await page.setViewportSize({ width: 1440, height: 900 });
  for (const screen of SCREENS) {
    await open(page, screen);
    await page.screenshot({ path: `artifacts/screens/forced-${screen.slice(1)}.png` });
  }
  await open(page, "/retention");
  const styles = await page.evaluate(() => {
    const of = (selector: string) => {
      const { backgroundColor, outlineStyle, outlineWidth } = getComputedStyle(
        document.querySelector(selector) as Element,
      );
      return `${backgroundColor} ${outlineStyle} ${outlineWidth}`;
    };
    return {
      chosen: of("main [aria-pressed=true]"),
      other: of("main [aria-pressed=false]"),
      current: of("main [aria-current=true]"),
      row: of("main [data-row] > :not([aria-current])"),
      screen: of("nav [aria-current=page]"),
      others: of("nav a:not([aria-current])"),
    };
  });
  expect(styles.chosen).not.toBe(styles.other);
  expect(styles.current).not.toBe(styles.row);
  expect(styles.screen).not.toBe(styles.others);
});

test("rows that are selected in a list are copied as rows and cells (case 29)", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page, "/key-users");
  const copied = await page.evaluate(() => {
    const [first, second] = [...document.querySelectorAll("main tr[data-row]")];
    if (!first || !second) return "no rows";
    getSelection()?.setBaseAndExtent(first, 0, second, second.childNodes.length);
    return new Promise<string>((resolve) => {
      document.addEventListener(
        "copy",
        (event) => resolve(event.clipboardData?.getData("text/plain") ?? ""),
        {
          once: true,
        },
      );
      document.execCommand("copy");
    });
  });
  const lines = copied.split("\n");
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(line).toMatch(/^\d+\t[\d,]+\.\d\d\t/);
});
