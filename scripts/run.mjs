// The one way in: `node scripts/run.mjs COMMAND …` does all set-up that is missing, then runs the command on the
// pinned Node. Plain JavaScript, because it must run on any Node >= 20 before anything is installed.
import { spawn } from "node:child_process";
import { browser } from "./browser.mjs";
import { fail, pinnedNode, say } from "./console.mjs";
import { build, checkNode, generate, install } from "./setup.mjs";

const COMMANDS = {
  demo: { needsBuild: true, start: ["server/main.ts"], env: { DEMO: "1" } },
  start: { needsBuild: true, start: ["server/main.ts"] },
  cli: { start: ["server/cli/main.ts"], quiet: true },
  bench: { needsBuild: true, needsBrowser: true, start: ["bench/main.ts"] },
  verify: { start: ["scripts/verify.mjs"] },
  test: { needsBuild: true, needsBrowser: true, start: ["scripts/test.mjs"] },
  "test:long": { needsBuild: true, needsBrowser: true, start: ["scripts/test.mjs"], env: { LONG: "1" } },
};

async function main() {
  const [name = "", ...rest] = process.argv.slice(2);
  const command = COMMANDS[name];
  if (!command) fail(`There is no command "${name}". Use one of: ${Object.keys(COMMANDS).join(", ")}.`);
  checkNode();
  await install();
  await generate();
  if (command.needsBuild) await build();
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...command.env };
  if (command.needsBrowser) env.CHROMIUM_PATH = await browser();
  if (command.needsBuild && command.start[0] === "server/main.ts") {
    env.NODE_ENV = "production";
    say("Starting …");
  }
  runOnPinnedNode([...command.start, ...rest], env);
}

const WATCH_MS = 500;

/**
 * Hands over the terminal, passes signals on, and ends with the command's own exit code. The channel between the two
 * tells the server when this process has died.
 */
function runOnPinnedNode(args, env) {
  const child = spawn(pinnedNode(), args, { stdio: ["inherit", "inherit", "inherit", "ipc"], env });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  // npm passes a signal on to its shell, and the shell dies without a word to us.
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    child.kill("SIGTERM");
  }, WATCH_MS);
  child.on("error", (error) => fail(`The pinned Node could not be started: ${error.message}`));
  child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

await main();
