import { expect, test } from "./support/fixtures.ts";

test("what a page does wrong does not go by unseen in any of these tests", async ({ page, url, faults }) => {
  await page.goto(`${url}/sign-in`);
  await page.evaluate(() => {
    new Image().src = "https://elsewhere.example/pixel.png";
    setTimeout(() => {
      throw new Error("nobody catches this");
    });
  });
  await expect.poll(() => faults.length).toBe(2);
  expect(faults.join("\n")).toMatch(/content policy: img-src stopped https:\/\/elsewhere\.example/);
  expect(faults.join("\n")).toContain("nobody catches this");
  faults.length = 0; // they were ours
});
