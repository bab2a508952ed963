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
  const { code, output } = await capture(command, args, env);
  clearInterval(alive);
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

/** Runs a command and collects what it prints. */
export function capture(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
    let output = "";
    const collect = (chunk) => {
      output += chunk;
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("error", (error) => resolve({ code: 127, output: `${output}\n${error.message}` }));
    child.on("exit", (code) => resolve({ code: code ?? 1, output }));
  });
}
