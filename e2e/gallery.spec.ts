import { expect, test } from "@playwright/test";
import { allStories, type Look, openGallery } from "./support/gallery.ts";

const LOOKS: readonly Look[] = [
  { locale: "en", scheme: "light" },
  { locale: "zh", scheme: "light" },
  { locale: "en", scheme: "dark" },
  { locale: "zh", scheme: "dark" },
];

/** Two pages at once: the walk waits for paints as much as it computes. */
test("each component in each of its states has no serious fault, in both languages and themes", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const stories = allStories();
  expect(stories.length).toBeGreaterThan(100);
  const faults: string[] = [];
  const walk = async (look: Look) => {
    const gallery = await openGallery(browser, look);
    for (const story of stories) {
      await gallery.show(story);
      for (const fault of [...gallery.complaints(), ...(await gallery.seriousFaults())]) {
        faults.push(`${story} (${look.locale}, ${look.scheme}): ${fault}`);
      }
    }
    await gallery.close();
  };
  for (const pair of [LOOKS.slice(0, 2), LOOKS.slice(2)]) await Promise.all(pair.map(walk));
  expect(faults).toEqual([]);
});
