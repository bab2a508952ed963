import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { makeDataDir, UnusableDataDir } from "./data-dir.ts";

const place = mkdtempSync(join(tmpdir(), "tidewatch-folder-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

writeFileSync(join(place, "file"), "");
symlinkSync(join(place, "nowhere"), join(place, "dangling"));
symlinkSync(join(place, "round"), join(place, "round"));

const onLinux = process.platform === "linux";
const FOLDERS: readonly (readonly [string, RegExp])[] = [
  [join(place, "file"), /is a file and no folder/],
  [join(place, "file", "x"), /is no folder, or lies under something that is none/],
  [join(place, "file", "x", "y"), /is no folder, or lies under something that is none/],
  [join(place, "dangling"), /a link that leads nowhere/],
  [join(place, "dangling", "x"), /a link that leads nowhere/],
  [join(place, "round", "x"), /a link that leads nowhere/],
  [join(place, "x".repeat(300)), /has too long a name/],
];
const OF_LINUX: readonly (readonly [string, RegExp])[] = [
  ["/proc/x", /cannot be made/],
  ["/proc/x/y", /cannot be made/],
  ["/proc/self/x", /cannot be made/],
  ["/proc", /cannot be written/],
  ["/sys/x", /cannot be (made|written)|read-only/],
  ["/sys/x/y", /cannot be (made|written)|read-only/],
  ["/dev/null", /is a file and no folder/],
  ["/dev/null/x", /is no folder, or lies under something that is none/],
];

test.each([...FOLDERS, ...(onLinux ? OF_LINUX : [])])(
  "%s is refused at once, in one sentence",
  async (dataDir, told) => {
    const refused = await makeDataDir(dataDir).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UnusableDataDir);
    expect((refused as Error).message).toMatch(told);
    expect((refused as Error).message).toContain(`DATA_DIR (${dataDir}) `);
  },
);

test("what is missing above is made, by several at once, also through a link", async () => {
  mkdirSync(join(place, "real"));
  symlinkSync(join(place, "real"), join(place, "link"));
  const dataDir = join(place, "link", "a", "b", "c");
  await Promise.all([makeDataDir(dataDir), makeDataDir(dataDir), makeDataDir(`${dataDir}/`)]);
  expect(statSync(join(place, "real", "a", "b", "c")).isDirectory()).toBe(true);
});
