// What set-up says, on stderr: stdout belongs to the command itself.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** Root of the checkout. */
export const ROOT = join(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "..");

const TAIL_LINES = 25;

export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Ends with a reason and what to do. */
export function fail(message) {
  say(message);
  process.exit(1);
}

/** The Node that package.json pins; every command runs on it. */
export function pinnedNode() {
  const name = process.platform === "win32" ? "node.cmd" : "node";
  return join(ROOT, "node_modules", ".bin", name);
}

export const hasPinnedNode = () => existsSync(pinnedNode());

/**
 * Runs one set-up step, showing that it goes on; its output is shown only when it fails.
 * @returns whether it succeeded
 */
export async function step(title, command, args, { env = {}, advice = "" } = {}) {
  const started = Date.now();
  process.stderr.write(`${title} … `);
  const alive = setInterval(() => process.stderr.write("· "), 5_000);
  const { code, output } = await capture(command, args, env, apart());
  clearInterval(alive);
  if (isEnding) await new Promise(() => undefined); // the process ends in a moment, and nothing more is to be said
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  if (code === 0) {
    say(`${seconds} s`);
    return true;
  }
  say(`failed after ${seconds} s`);
  say(output.trimEnd().split("\n").slice(-TAIL_LINES).join("\n"));
  if (advice) say(`\n${advice}`);
  return false;
}

/** Steps that run now. */
const underway = new Set();
let isEnding = false;

/** Ends them, with all that they have started, and begins no other. Resolves when they have ended. */
export async function endSteps(signal) {
  isEnding = true;
  const ends = [...underway].map((child) => {
    try {
      process.kill(process.platform === "win32" ? child.pid : -child.pid, signal);
    } catch {
      return undefined; // It has ended by itself.
    }
    return new Promise((resolve) => child.once("exit", resolve));
  });
  await Promise.all(ends);
}

let inherited = "ignore";

/** What every step inherits from now on. */
export function letInherit(descriptor) {
  inherited = descriptor ?? "ignore";
}

/** For commands that are ended as a whole: their own process group, so that a terminal's Ctrl-C reaches us alone. */
const apart = () => ({
  detached: process.platform !== "win32",
  stdio: ["ignore", "pipe", "pipe", inherited],
});

/** Runs a command and collects what it prints. */
export function capture(command, args, env = {}, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
      ...options,
    });
    if (options.detached !== undefined && child.pid !== undefined) underway.add(child);
    let output = "";
    const collect = (chunk) => {
      output += chunk;
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("error", (error) => resolve({ code: 127, output: `${output}\n${error.message}` }));
    child.on("exit", (code) => {
      underway.delete(child);
      resolve({ code: code ?? 1, output });
    });
  });
}
