import { expect, test } from "@playwright/test";
import { allStories, openGallery, type Scheme } from "./support/gallery.ts";

// A trace keeps a picture of the document for every step: of some thousand steps it would be most of the work.
test.use({ trace: "off" });

test("each component in each of its states has no serious fault, in both languages and themes", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const stories = allStories();
  expect(stories.length).toBeGreaterThan(100);
  const faults: string[] = [];
  const walk = async (locale: "en" | "zh") => {
    const gallery = await openGallery(browser, locale);
    let [shown, other]: [Scheme, Scheme] = ["light", "dark"];
    for (const story of stories) {
      await gallery.show(story);
      const found = [...gallery.complaints(), ...(await gallery.seriousFaults("everything"))];
      faults.push(...found.map((fault) => `${story} (${locale}, ${shown}): ${fault}`));
      [shown, other] = [other, shown];
      await gallery.setScheme(shown);
      // A theme is colours and nothing else.
      const faded = await gallery.seriousFaults("colours");
      faults.push(...faded.map((fault) => `${story} (${locale}, ${shown}): ${fault}`));
    }
    await gallery.close();
  };
  // Two pages at once: the walk waits for paints as much as it computes.
  await Promise.all([walk("en"), walk("zh")]);
  expect(faults).toEqual([]);
});

test.describe("components by themselves", () => {
  test("a failed panel says so and offers to try again; nothing else is claimed", async ({ browser }) => {
    const { page, show, close } = await openGallery(browser, "en");
    await show("orders-hourspanel--failed");
    await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
    await expect(page.getByRole("table")).toHaveCount(0);
    await close();
  });

  test("an hour without figures stays a gap, never a zero", async ({ browser }) => {
    const { page, show, close } = await openGallery(browser, "en");
    await show("orders-hourspanel--table");
    const gap = page.getByRole("row").filter({ hasText: "04:00" });
    await expect(gap.getByRole("cell").first()).toHaveText("–");
    await expect(page.getByRole("row")).toHaveCount(26); // head, 24 hours, sum
    await close();
  });

  test("a column is made wider by the keyboard, is so again next time, and gets its own width back", async ({
    browser,
  }) => {
    const { page, show, close } = await openGallery(browser, "en");
    await show("ui-list--table");
    const edge = page.getByRole("separator", { name: "Width of Customer" });
    const width = () =>
      page.getByRole("columnheader", { name: "Customer" }).evaluate((head: HTMLElement) => head.offsetWidth);
    const own = await width();
    await edge.focus();
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowLeft");
    await expect.poll(width).toBe(own + 64);
    await show("ui-list--empty");
    await show("ui-list--table");
    await expect.poll(width).toBe(own + 64);
    await edge.focus();
    await page.keyboard.press("Delete");
    await expect.poll(width).toBe(own);
    await close();
  });

  test("the head of a column turns the order, keeps the keyboard, and the list begins at its top", async ({
    browser,
  }) => {
    const { page, show, close } = await openGallery(browser, "en");
    await show("ui-list--sorted");
    const first = page.getByRole("row").nth(1);
    await page.locator("section").first().hover();
    await page.mouse.wheel(0, 4000);
    await expect(first).not.toContainText("100200");
    const head = page.getByRole("columnheader", { name: "Customer" });
    await expect(head).toHaveAttribute("aria-sort", "ascending");
    await head.getByRole("button").focus();
    await page.keyboard.press("Enter");
    await expect(head).toHaveAttribute("aria-sort", "descending");
    await expect(first).toContainText("100499");
    await page.keyboard.press("Space");
    await expect(head).toHaveAttribute("aria-sort", "ascending");
    await expect(first).toContainText("100200");
    await expect(page.locator("[aria-sort]")).toHaveCount(1);
    await expect(page.getByRole("columnheader", { name: "State" }).getByRole("button")).toHaveCount(0);
    // As cards the list has no heads to be seen, and none to be stepped through.
    await page.setViewportSize({ width: 390, height: 844 });
    await expect(page.getByRole("columnheader", { name: "Customer" })).toHaveCount(1);
    await expect(page.getByRole("button", { name: "Customer" })).toHaveCount(0);
    await close();
  });

  test("who may only read sees no verb of a case and no field for a note", async ({ browser }) => {
    const { page, show, close } = await openGallery(browser, "en");
    await show("retention-casepanel--new");
    await expect(page.getByRole("textbox")).toHaveCount(1);
    await show("retention-casepanel--read-only");
    await expect(page.getByRole("textbox")).toHaveCount(0);
    await expect(page.getByRole("button")).toHaveCount(0);
    await close();
  });

  test("a stream that the server does not tell of is an alarm", async ({ browser }) => {
    const { page, show, close } = await openGallery(browser, "en");
    await show("pipeline-findingspanel--well");
    await expect(page.getByRole("listitem")).toHaveCount(0);
    await show("pipeline-findingspanel--troubled");
    await expect(page.getByRole("listitem")).not.toHaveCount(0);
    await close();
  });

  test("the connection says how it stands, in the reader's language", async ({ browser }) => {
    const { page, show, close } = await openGallery(browser, "zh");
    const words = new Set<string>();
    for (const state of ["live", "connecting", "reconnecting", "signed-out", "paused"]) {
      await show(`live-freshnessbadge--${state}`);
      words.add((await page.locator("#storybook-root").textContent()) ?? "");
    }
    expect(words.size).toBe(5);
    await close();
  });
});
