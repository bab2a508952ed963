import { defineConfig } from "@playwright/test";

const isRoot = process.getuid?.() === 0;

/** Chromium is found by scripts/browser.mjs; as root it runs only without its sandbox. */
export default defineConfig({
  testDir: ".",
  outputDir: "../artifacts/playwright",
  globalSetup: "./support/global-setup.ts",
  fullyParallel: false,
  // One at a time: what one spec sends, another would see, and calm is measured on two cores.
  workers: 1,
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
    trace: "retain-on-failure",
    viewport: { width: 1440, height: 900 },
  },
});
