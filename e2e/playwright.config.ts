import { availableParallelism } from "node:os";
import { defineConfig } from "@playwright/test";

const isRoot = process.getuid?.() === 0;

/** Tests that measure how soon or how calmly something happens. */
const ALONE = /@alone/;

/** Chromium is found by scripts/browser.mjs; as root it runs only without its sandbox. */
export default defineConfig({
  testDir: ".",
  outputDir: "../artifacts/playwright",
  globalSetup: "./support/global-setup.ts",
  fullyParallel: false,
  // Each with a system of its own: what one spec sends, another would see.
  workers: availableParallelism() + 1,
  // `npm test` runs `alone` afterwards, one test at a time: what it measures, others would change.
  projects: [
    { name: "together", grepInvert: ALONE },
    { name: "alone", grep: ALONE },
  ],
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json"]],
  use: {
    browserName: "chromium",
    launchOptions: {
      ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
      args: isRoot ? ["--no-sandbox"] : [],
    },
    locale: "en-US",
    timezoneId: "Asia/Shanghai",
    screenshot: "only-on-failure",
    viewport: { width: 1440, height: 900 },
  },
});
