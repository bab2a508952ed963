// Finds a Chromium for the end-to-end tests: the system's, else Playwright's own, else the system's package manager.
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { fail, pinnedNode, step } from "./console.mjs";

/** The shell without windows comes first: it draws the same pages with a third less of the processor. */
const NAMES = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
];
const MAC = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function ofSystem() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...candidates, ...MAC].find((path) => existsSync(path) && isExecutable(path));
}

function ofPlaywright() {
  const { chromium } = createRequire(import.meta.url)("playwright-core");
  const path = chromium.executablePath();
  return path && existsSync(path) ? path : undefined;
}

async function fromDebian() {
  if (!existsSync("/usr/bin/apt-get")) return undefined;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && spawnSync("sudo", ["-n", "true"]).status !== 0) return undefined;
  const apt = (args) => (isRoot ? ["apt-get", args] : ["sudo", ["-n", "apt-get", ...args]]);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await step("Refreshing the system's package list", ...apt(["update", "-qq"]), { env });
  await step(
    "Installing Chromium",
    ...apt(["install", "-y", "-qq", "--no-install-recommends", "chromium-headless-shell", "fonts-noto-cjk"]),
    { env },
  );
  return ofSystem();
}

/** Path of a Chromium to drive. CHROMIUM_PATH names one outright. */
export async function browser() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return existsSync(named) ? named : fail(`CHROMIUM_PATH names ${named}, which does not exist.`);
  const present = ofSystem() ?? ofPlaywright();
  if (present) return present;
  const downloaded = await step("Fetching Chromium for the browser tests", pinnedNode(), [
    "node_modules/playwright-core/cli.js",
    "install",
    "chromium",
  ]);
  const found = (downloaded ? ofPlaywright() : undefined) ?? (await fromDebian());
  return (
    found ??
    fail("No Chromium was found and none could be installed: install one, or name it in CHROMIUM_PATH.")
  );
}
