// One set-up at a time in a checkout: a second command waits for the first and finds all done.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT, say } from "./console.mjs";

const ASK_AGAIN_MS = 200;

const NAME = `tidewatch-setup-${createHash("sha256").update(realpathSync(ROOT)).digest("hex").slice(0, 16)}`;

/** Number that a child can inherit; Node tells it on Unix. @returns undefined elsewhere */
const descriptorOf = (stream) => (stream._handle?.fd > 2 ? stream._handle.fd : undefined);

/**
 * Runs work while no other command does so in this checkout. The operating system keeps the turn and ends it with this process,
 * however that dies, so none is ever left over.
 * @param work gets what a child inherits to keep the turn for as long as it lives, should it outlive us
 */
export async function inTurn(work) {
  let told = false;
  for (;;) {
    const turn = await take();
    if (turn) {
      try {
        return await work(turn.inherited);
      } finally {
        turn.release();
      }
    }
    if (!told) say("Another command is setting this checkout up; waiting for it …");
    told = true;
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
}

/** Names that are no files exist on Linux and Windows; elsewhere, a file is locked by the system's own tool. */
function take() {
  if (process.platform === "linux") return listenOn(`\0${NAME}`);
  if (process.platform === "win32") return listenOn(`\\\\.\\pipe\\${NAME}`);
  return lockFile("lockf", ["-k", "-s", "-t", "0", join(tmpdir(), `${NAME}.lock`), "cat"]);
}

function listenOn(address) {
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once("error", (error) => (error.code === "EADDRINUSE" ? resolve(null) : reject(error)));
    server.listen(address, () => resolve({ inherited: descriptorOf(server), release: () => server.close() }));
  });
}

/** The tool holds the lock for as long as `cat` waits for what we would write; it says back what it gets. */
function lockFile(tool, args) {
  const child = spawn(tool, args, { stdio: ["pipe", "pipe", "ignore"], detached: true });
  child.stdin.on("error", () => undefined); // it ends at once when the lock is another's
  child.stdin.write("?");
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => resolve(null));
    child.stdout.once("data", () =>
      resolve({ inherited: descriptorOf(child.stdin), release: () => child.stdin.end() }),
    );
  });
}
