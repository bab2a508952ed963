import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A running Tidewatch of its own, in production mode, with a data folder of its own. */
export interface TestServer {
  readonly url: string;
  readonly dataDir: string;
  readonly process: ChildProcess;
  /** What it has written to its log. */
  readonly log: () => string;
  /** Clean stop; removes the data folder. */
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 120_000;

/** Starts the built system on a free port. Its log goes to our stderr when TEST_LOG is set. */
export async function startServer(environment: Record<string, string>): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), "tidewatch-e2e-"));
  await chmod(dataDir, 0o755);
  const child = spawn(process.execPath, ["server/main.ts"], {
    stdio: ["ignore", "pipe", 2, "ipc"],
    env: {
      ...process.env,
      NODE_ENV: "production",
      PORT: "0",
      HOST: "127.0.0.1",
      DATA_DIR: dataDir,
      REQUIRE_SECOND_FACTOR: "none", // specs about it say otherwise
      ...environment,
    },
  });
  let log = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    log += text;
    if (process.env.TEST_LOG) process.stderr.write(text);
  });
  const url = await whenReady(child);
  return { url, dataDir, process: child, log: () => log, stop: () => stop(child, dataDir) };
}

/** The server tells its parent process the address that it serves. */
function whenReady(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("the server did not start in time")), START_TIMEOUT_MS);
    child.once("exit", (code) => reject(new Error(`the server ended with ${code} before it was ready`)));
    child.on("message", (message: { ready?: string }) => {
      if (!message.ready) return;
      clearTimeout(timer);
      child.removeAllListeners("exit");
      resolve(message.ready);
    });
  });
}

async function stop(child: ChildProcess, dataDir: string): Promise<void> {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  if (child.exitCode === null && child.kill("SIGTERM")) await ended;
  await rm(dataDir, { recursive: true, force: true });
}
