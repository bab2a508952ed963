// Set-up, each step only when something it depends on has changed since it was last done.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fail, hasPinnedNode, pinnedNode, ROOT, step } from "./console.mjs";

const OLDEST_NODE = 20;

/** Entry of the gallery's own command. */
export const STORYBOOK = "node_modules/storybook/dist/bin/dispatcher.js";

export function checkNode() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major >= OLDEST_NODE) return;
  fail(
    `Node.js ${process.versions.node} is too old to set Tidewatch up: install Node.js ${OLDEST_NODE} or newer.`,
  );
}

/** Packages, exactly as locked. */
export async function install() {
  const stamp = join(ROOT, "node_modules", ".tidewatch-installed");
  const wanted = hashOf(["package.json", "package-lock.json"]);
  if (isStamped(stamp, wanted) && hasPinnedNode()) return;
  removeStamp(stamp);
  const installed = await step(
    "Installing packages (a minute or two the first time)",
    "npm",
    // Not `npm ci`: where a registry lacks binaries of other platforms, it takes the lock for incomplete. The versions are
    // those of the lock all the same.
    ["install", "--no-save", "--include=dev", "--no-audit", "--no-fund"],
    {
      env: { NODE_ENV: "development" },
      advice:
        "Check that this machine reaches an npm registry (npm ping; npm config get registry), then run the command again.",
    },
  );
  if (!installed) process.exit(1);
  if (!hasPinnedNode() && !(await step("Unpacking the pinned Node", "npm", ["rebuild", "node"])))
    process.exit(1);
  if (!hasPinnedNode()) {
    fail(
      "The pinned Node is missing: the install script of the package `node` must run (npm config get ignore-scripts says false?).",
    );
  }
  putStamp(stamp, wanted);
}

/** Prisma's client from the schema. The schema engine's download is not needed for it, so a placeholder stands in. */
export async function generate() {
  const stamp = join(ROOT, "prisma", "client", ".generated");
  const wanted = hashOf(["prisma/schema.prisma", "package-lock.json"]);
  if (isStamped(stamp, wanted)) return;
  removeStamp(stamp);
  const done = await step(
    "Generating the database client",
    pinnedNode(),
    ["node_modules/prisma/build/index.js", "generate"],
    {
      env: {
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: "1",
        CHECKPOINT_DISABLE: "1",
      },
    },
  );
  if (!done) process.exit(1);
  putStamp(stamp, wanted);
}

/** The web pages, for production. */
export async function build() {
  const stamp = join(ROOT, ".next", ".built");
  const wanted = hashOf([
    "app",
    "components",
    "server",
    "proxy.ts",
    "next.config.js",
    "package-lock.json",
    "tsconfig.json",
    "prisma/schema.prisma",
  ]);
  if (isStamped(stamp, wanted)) return;
  removeStamp(stamp);
  const done = await step("Building the pages", pinnedNode(), ["node_modules/next/dist/bin/next", "build"], {
    env: { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    advice:
      "If this is a clean clone, please report the lines above; otherwise remove the folder .next and try again.",
  });
  if (!done) process.exit(1);
  putStamp(stamp, wanted);
}

/** The component gallery as files, for the tests that walk through it. */
export async function buildGallery() {
  const stamp = join(ROOT, "artifacts", "gallery", ".built");
  const sources = [".storybook", "components", "testing/gallery", "server/contracts", "server/access/can.ts"];
  const wanted = hashOf([...sources, "package-lock.json"]);
  if (isStamped(stamp, wanted)) return;
  removeStamp(stamp);
  const args = ["build", "--quiet", "--output-dir", "artifacts/gallery"];
  const done = await step("Building the gallery", pinnedNode(), [STORYBOOK, ...args]);
  if (!done) process.exit(1);
  putStamp(stamp, wanted);
}

function isStamped(path, wanted) {
  return existsSync(path) && readFileSync(path, "utf8") === wanted;
}

/** A step that is broken off has not been done, whatever was done before. */
function removeStamp(path) {
  rmSync(path, { force: true });
}

function putStamp(path, value) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, value);
}

/** One hash over files and folders, by name and content; what is missing counts as missing. */
function hashOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths) addTo(hash, path);
  return hash.digest("hex");
}

function addTo(hash, path) {
  const full = join(ROOT, path);
  if (!existsSync(full)) return void hash.update(`${path}\0missing\0`);
  if (statSync(full).isDirectory()) {
    for (const name of readdirSync(full).sort()) addTo(hash, join(path, name));
    return;
  }
  if (/\.test\.tsx?$/.test(path)) return; // tests are not part of any page
  hash.update(`${path}\0`).update(readFileSync(full)).update("\0");
}
