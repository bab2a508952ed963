// The one way in: `node scripts/run.mjs COMMAND …` does all set-up that is missing, then runs the command on the
// pinned Node. Plain JavaScript, because it must run on any Node >= 20 before anything is installed.
import { spawn } from "node:child_process";
import { browser } from "./browser.mjs";
import { fail, letInherit, pinnedNode, say } from "./console.mjs";
import { build, checkNode, generate, install } from "./setup.mjs";
import { Stop } from "./stop.mjs";
import { inTurn } from "./turn.mjs";

const COMMANDS = {
  demo: { needsBuild: true, start: ["server/main.ts"], env: { DEMO: "1" } },
  start: { needsBuild: true, start: ["server/main.ts"] },
  cli: { start: ["server/cli/main.ts"], quiet: true },
  bench: { needsBuild: true, needsBrowser: true, start: ["bench/main.ts"] },
  verify: { start: ["scripts/verify.mjs"] },
  test: { needsBuild: true, needsBrowser: true, start: ["scripts/test.mjs"] },
  "test:long": { needsBuild: true, needsBrowser: true, start: ["scripts/test.mjs"], env: { LONG: "1" } },
};

/** Whether the command is the server, which is asked to stop as a matter of course: then all is well. */
const isServer = (command) => command.start[0] === "server/main.ts";

async function main() {
  const [name = "", ...rest] = process.argv.slice(2);
  const command = COMMANDS[name];
  if (!command) fail(`There is no command "${name}". Use one of: ${Object.keys(COMMANDS).join(", ")}.`);
  const stop = new Stop(name, isServer(command));
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...command.env };
  await setUp(command, env).catch((error) => stop.giveUp(error));
  if (isServer(command)) {
    env.NODE_ENV = "production";
    say("Starting …");
  }
  await stop.goOn();
  runOnPinnedNode([...command.start, ...rest], env, stop);
}

async function setUp(command, env) {
  checkNode();
  await inTurn(async (turn) => {
    letInherit(turn);
    await install();
    await generate();
    if (command.needsBuild) await build();
    if (command.needsBrowser) env.CHROMIUM_PATH = await browser();
    letInherit(null);
  });
}

/**
 * Hands over the terminal, passes signals on, and ends with the command's own exit code. The channel between the two
 * tells the server when this process has died.
 */
function runOnPinnedNode(args, env, stop) {
  const child = spawn(pinnedNode(), args, { stdio: ["inherit", "inherit", "inherit", "ipc"], env });
  stop.passOnTo(child);
  child.on("error", (error) => fail(`The pinned Node could not be started: ${error.message}`));
  child.on("exit", (code, signal) => process.exit(signal ? stop.codeAfter(signal) : (code ?? 1)));
}

await main();
