import { spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startEmbeddedPostgres } from "#server/db/embedded/embedded-postgres.ts";
import { migrate } from "#server/db/migrate.ts";
import { migrationOf } from "#server/db/migrations.ts";
import { runCli } from "../harness/run-cli.ts";
import { complaints, emptyPlace, halfMade, processesIn, startCommand } from "../harness/start-command.ts";

/**
 * Case 26: a DATA_DIR that a start cannot use is told in one sentence: what it is, whose it is, and who we are.
 */

/** An ordinary user, who needs not exist. */
const STRANGER = 54_321;
const isRoot = process.platform === "linux" && process.getuid?.() === 0;

let place: string;
let mounted: string[] = [];
beforeEach(async () => {
  place = await emptyPlace("folder");
});
afterEach(async () => {
  for (const folder of mounted) spawnSync("umount", ["-l", folder]);
  mounted = [];
  await rm(place, { recursive: true, force: true });
});

/** In a container, root may not mount. */
const mayMount = (() => {
  if (!isRoot) return false;
  const trial = mkdtempSync(join(tmpdir(), "tidewatch-mount-"));
  const isDone = spawnSync("mount", ["-t", "tmpfs", "tmpfs", trial]).status === 0;
  if (isDone) spawnSync("umount", ["-l", trial]);
  rmSync(trial, { recursive: true });
  return isDone;
})();

/** A small disk of our own; false where the operating system does not let us have one. */
function mount(folder: string, options: string): boolean {
  mkdirSync(folder, { recursive: true });
  const isDone = spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder]).status === 0;
  if (isDone) mounted.push(folder);
  return isDone;
}

test("a taken port is told before anything is made in the folder", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  const dataDir = join(place, "data");
  const command = startCommand(dataDir, {
    environment: { LOG_LEVEL: "silent", NODE_ENV: "production", PORT: String(port) },
    command: ["server/main.ts"],
  });
  expect(await command.ended).toBe(1);
  expect(command.output()).toMatch(new RegExp(`^Port ${port} is taken, .*set PORT to a free one\\.\n$`));
  expect(existsSync(dataDir)).toBe(false);
  other.close();
});

async function refusalOf(dataDir: string, uid?: number): Promise<string> {
  const command = startCommand(dataDir, {
    ...(uid === undefined ? {} : { uid }),
    environment: { LOG_LEVEL: "silent", NODE_ENV: "production" },
    command: ["server/main.ts"],
  });
  expect(await command.ended, command.output()).toBe(1);
  expect(processesIn(place)).toEqual([]);
  expect(halfMade(dataDir)).toEqual([]);
  const lines = command.output().trim().split("\n");
  const told = lines.filter((line) => line.includes("DATA_DIR"));
  expect(lines.slice(lines.indexOf(told[0] ?? "")), command.output()).toHaveLength(1);
  expect(command.output()).not.toMatch(/^\s+at |\bE[A-Z]{4,}:/m);
  return told[0] ?? "";
}

test.skipIf(!isRoot)("of another user, closed to us", async () => {
  const dataDir = join(place, "data");
  mkdirSync(dataDir, { mode: 0o700 });
  const told = await refusalOf(dataDir, STRANGER);
  expect(told).toContain(`DATA_DIR (${dataDir}) cannot be written`);
  expect(told).toContain(`${dataDir} belongs to ${userInfo().username}`);
  expect(told).toMatch(new RegExp(`Tidewatch runs as [^.]*${STRANGER}`));
  expect(told).toContain("chown");
});

test.skipIf(!isRoot)("that is not there, in a folder of another user", async () => {
  const dataDir = join(place, "none", "data");
  const told = await refusalOf(dataDir, STRANGER);
  expect(told).toContain(`DATA_DIR (${dataDir}) cannot be written`);
  expect(told).toContain(`${place} belongs to ${userInfo().username}`);
});

test.skipIf(!isRoot)("of ours, with a database of another user in it", async () => {
  const dataDir = join(place, "data");
  mkdirSync(join(dataDir, "postgres"), { recursive: true });
  chownSync(dataDir, STRANGER, STRANGER);
  chmodSync(join(dataDir, "postgres"), 0o700);
  const told = await refusalOf(dataDir, STRANGER);
  expect(told).toContain(`DATA_DIR (${dataDir})`);
  expect(told).toContain(`${join(dataDir, "postgres")} belongs to ${userInfo().username}`);
});

test("that is, or lies under, a link that leads nowhere", async () => {
  const link = join(place, "link");
  symlinkSync(join(place, "gone"), link);
  const told = await refusalOf(link);
  expect(told).toContain(`DATA_DIR (${link}) is, or lies under, a link that leads nowhere: `);
  expect(told).toContain("Make the folder that the link leads to");
  expect(await refusalOf(join(link, "data"))).toContain(`a link that leads nowhere: ${link}; `);
});

test.skipIf(!mayMount)("on a file system that is mounted read-only", async () => {
  const disk = join(place, "disk");
  expect(mount(disk, "size=1m,ro")).toBe(true);
  const told = await refusalOf(join(disk, "data"));
  expect(told).toContain("mounted read-only");
  expect(told).toMatch(/belongs to .* Tidewatch runs as /);
});

test.skipIf(!mayMount).each([
  ["nothing", "size=64k"],
  ["less than a database", "size=12m"],
  ["less than its log", "size=40m"],
])("on a disk with room for %s", async (_, size) => {
  const disk = join(place, "disk");
  expect(mount(disk, `${size},mode=755`)).toBe(true);
  const told = await refusalOf(join(disk, "data"));
  expect(told).toMatch(/^DATA_DIR .*lies on a disk without room: .* belongs to .*Make room/);
});

test.skipIf(!isRoot)("a checkout of another user is told as well, also to who has no name", async () => {
  const scripts = join(place, "scripts");
  cpSync("scripts", scripts, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) cpSync(file, join(place, file));
  const stamps = join(place, "node_modules");
  mkdirSync(stamps);
  writeFileSync(join(stamps, ".tidewatch-installed"), "of another version");
  const command = startCommand(join(place, "data"), {
    uid: STRANGER,
    command: [join(scripts, "run.mjs"), "start"],
  });
  expect(await command.ended).toBe(1);
  expect(command.output()).toMatch(
    new RegExp(`The checkout ${place} cannot be set up by uid ${STRANGER}: .*Run the command as its owner`),
  );
  expect(complaints(command.output().replace("EACCES", ""))).toEqual([]);
});

test.skipIf(!isRoot)("a user without a name, as containers have them, is told what is missing", async () => {
  const dataDir = join(place, "data");
  mkdirSync(dataDir);
  chownSync(dataDir, STRANGER, STRANGER);
  const command = startCommand(dataDir, {
    uid: STRANGER,
    environment: { NODE_ENV: "production" },
    command: ["server/main.ts"],
  });
  expect(await command.ended).toBe(1);
  expect(command.output()).toMatch(/^The embedded PostgreSQL .*user ID 54321: user does not exist\n$/);
  expect(halfMade(dataDir)).toEqual([]);
});

test("of another build, whose tables are not ours: by a start, by a command and by the doctor", async () => {
  const dataDir = join(place, "data");
  const server = await startEmbeddedPostgres(dataDir);
  const theirs = migrationOf("20251231000000_theirs", "CREATE TABLE lease (holder text, held_by text)");
  await migrate(server.url, { migrations: [theirs] });
  await server.stop();
  const sentence = `The database of DATA_DIR (${dataDir}) is not one that this build of Tidewatch can use`;
  const told = await refusalOf(dataDir);
  expect(told).toContain(sentence);
  expect(told).toMatch(
    /20251231000000_theirs .*Go on with the build that made it, or begin anew: set DATA_DIR to /,
  );
  const environment = { DATA_DIR: dataDir, DATABASE_URL: "" };
  const listed = await runCli(["user", "list"], environment);
  expect([listed.code, listed.error.trim()]).toEqual([1, told]);
  const { code, out } = await runCli(["doctor"], environment);
  expect(code).toBe(1);
  expect(out).toMatch(/✗ database .*20251231000000_theirs.*\n +→ Go on with the build/);
});
