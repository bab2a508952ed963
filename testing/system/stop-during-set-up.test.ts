import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { processesIn } from "../harness/start-command.ts";

/** A stop that is asked for while `npm run demo` or `npm start` still installs: in a checkout without packages, with a stand-in for npm. */

let place: string;
let command: ChildProcess | undefined;

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "tidewatch-set-up-"));
  cpSync("scripts", join(place, "scripts"), { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) cpSync(file, join(place, file));
  mkdirSync(join(place, "bin"));
});
afterEach(() => {
  command?.kill("SIGKILL");
  rmSync(place, { recursive: true, force: true });
});

/** Stands where npm stands: begins, has a child of its own as npm has, and does not come to an end. */
function standIn(script: string): void {
  const npm = join(place, "bin", "npm");
  writeFileSync(npm, `#!/bin/sh\n${script}\n`);
  chmodSync(npm, 0o755);
}

function run(name: string): { output(): string; readonly ended: Promise<number | string> } {
  const child = spawn(process.execPath, [join(place, "scripts/run.mjs"), name], {
    cwd: place,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, PATH: `${join(place, "bin")}${delimiter}${process.env.PATH}` },
  });
  command = child;
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (part) => {
      printed += part;
    });
  }
  const ended = new Promise<number | string>((resolve) =>
    child.once("close", (code, signal) => resolve(code ?? signal ?? "nothing")),
  );
  return { output: () => printed, ended };
}

const WAITS = (place: string) => `sh -c 'touch "${place}/begun"; sleep 600; true' "${place}" & wait`;
/** As a program that is busy does: it goes when it is made to. */
const DEAF = (place: string) => `trap "" TERM INT; ${WAITS(place)}; wait; wait`;

test.runIf(process.platform === "linux").each([
  ["demo", "SIGTERM", 0],
  ["start", "SIGINT", 0],
  ["start", "SIGHUP", 0],
  ["cli", "SIGTERM", 143],
] as const)(
  "npm run %s, %s while packages are installed: ends with %i, and so does npm",
  async (name, signal, code) => {
    standIn(WAITS(place));
    const { output, ended } = run(name);
    await expect.poll(() => existsSync(join(place, "begun")), { timeout: 20_000 }).toBe(true);
    command?.kill(signal);
    expect([await ended, output()]).toEqual([code, expect.stringContaining("Stopping")]);
    expect(output()).not.toMatch(/failed|Error|\n +at /);
    await expect.poll(() => processesIn(place)).toEqual([]);
    expect(existsSync(join(place, "node_modules", ".tidewatch-installed"))).toBe(false);
  },
);

test.runIf(process.platform === "linux")(
  "an npm that does not want to end is ended within some seconds",
  async () => {
    standIn(DEAF(place));
    const { ended } = run("demo");
    await expect.poll(() => existsSync(join(place, "begun")), { timeout: 20_000 }).toBe(true);
    command?.kill("SIGTERM");
    expect(await ended).toBe(0);
    await expect.poll(() => processesIn(place)).toEqual([]);
  },
);
