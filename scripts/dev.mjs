// The server for development: pages change in place (Next's development mode), the rest starts again when its code
// changes. Not `node --watch`, which would also follow what Next writes while it runs.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, statSync, watch } from "node:fs";
import { join, relative } from "node:path";
import { ROOT, say } from "./console.mjs";

/** What runs outside of Next; `app` and `components` are its own. */
const WATCHED = ["server", "demo"];
const CODE = /(?<!\.test)\.(ts|mjs|json)$/;
/** An editor saves in several steps: how long nothing more must have changed, ms. */
const QUIET_MS = 200;

let child = null;
let isStopping = false;
let due;
/** One restart after the other. */
let turn = Promise.resolve();

function start() {
  child = spawn(process.execPath, ["server/main.ts", "--dev"], {
    cwd: ROOT,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  const started = child;
  started.once("exit", (code, signal) => {
    child = null;
    if (isStopping) process.exit(code ?? 1);
    if (started.isReplaced) return;
    say(`The server ended (${signal ?? code}); it starts again with the next change.`);
  });
}

/** A clean stop and a start: the database stays where it is. */
async function restart(file) {
  say(`\n${file} changed: the server starts again …`);
  if (child) {
    const ended = once(child, "exit");
    child.isReplaced = true;
    child.kill("SIGTERM");
    await ended;
  }
  if (!isStopping) start();
}

function stop() {
  isStopping = true;
  if (child) child.kill("SIGTERM");
  else process.exit(0);
}

/** Folder by folder: what is watched recursively on Linux is lost when an editor puts a new file in an old one's place. */
function follow(folder) {
  watch(folder, (event, name) => {
    const path = join(folder, name ?? "");
    const isNewFolder = event === "rename" && statSync(path, { throwIfNoEntry: false })?.isDirectory();
    if (isNewFolder) return follow(path);
    if (!name || !CODE.test(name)) return;
    clearTimeout(due);
    due = setTimeout(() => {
      turn = turn.then(() => restart(relative(ROOT, path)));
    }, QUIET_MS);
  });
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) follow(join(folder, entry.name));
  }
}

for (const folder of WATCHED) follow(join(ROOT, folder));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
process.on("disconnect", stop); // who started us has died
start();
