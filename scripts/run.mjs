// The one way in: `node scripts/run.mjs COMMAND …` does all set-up that is missing, then runs the command on the
// pinned Node. Plain JavaScript, because it must run on any Node >= 20 before anything is installed.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { browser } from "./browser.mjs";
import { fail, letInherit, pinnedNode, ROOT, say } from "./console.mjs";
import { build, buildGallery, checkNode, generate, install, STORYBOOK } from "./setup.mjs";
import { Stop } from "./stop.mjs";
import { inTurn } from "./turn.mjs";

/** Where Node keeps what it has compiled, so that the next start of anything reads it: half of a start's work. */
const COMPILED = join(ROOT, "node_modules", ".cache", "compiled");

const PRODUCTION = { NODE_ENV: "production" };

const TEST = { needsBuild: true, needsGallery: true, needsBrowser: true, start: ["scripts/test.mjs"] };

const COMMANDS = {
  demo: { needsBuild: true, isServer: true, start: ["server/main.ts"], env: { DEMO: "1", ...PRODUCTION } },
  start: { needsBuild: true, isServer: true, start: ["server/main.ts"], env: PRODUCTION },
  dev: {
    start: ["scripts/dev.mjs"],
    isServer: true,
    env: { DEMO: "1", NODE_ENV: "development" },
    // Never another system's folder, and, without the pages' policy, nobody else's machine.
    defaults: { DATA_DIR: "./data/dev", HOST: "127.0.0.1" },
  },
  cli: { start: ["server/cli/main.ts"], quiet: true },
  bench: { needsBuild: true, needsBrowser: true, start: ["bench/main.ts"] },
  hooks: { start: ["node_modules/lefthook/bin/index.js", "install"] },
  verify: { start: ["scripts/verify.mjs"] },
  migration: { start: ["scripts/schema/write-migration.ts"], quiet: true },
  docs: { start: ["scripts/docs.mjs"], quiet: true },
  gallery: {
    isServer: true,
    start: [STORYBOOK, "dev", "--port=6006", "--no-open", "--ci"],
  },
  "test:unit": { start: ["scripts/test-unit.mjs"] },
  test: TEST,
  "test:long": { ...TEST, env: { LONG: "1" } },
};

async function main() {
  const [name = "", ...rest] = process.argv.slice(2);
  const command = COMMANDS[name];
  if (!command) fail(`There is no command "${name}". Use one of: ${Object.keys(COMMANDS).join(", ")}.`);
  // A server is asked to stop as a matter of course: then all is well.
  const stop = new Stop(name, command.isServer === true);
  const env = {
    NODE_COMPILE_CACHE: COMPILED,
    ...command.defaults,
    ...process.env,
    NEXT_TELEMETRY_DISABLED: "1",
  };
  await setUp(command, env).catch((error) => stop.giveUp(error));
  Object.assign(env, command.env);
  if (command.isServer) say("Starting …");
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
    if (command.needsGallery) await buildGallery();
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
