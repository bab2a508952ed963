import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "../../server/store/embedded/embedded-postgres.ts";

const ROOT = join(import.meta.dirname, "../..");
const KEY = "bench-key-of-one-run-only-0123456789";

/** The product, running in a process of its own on an embedded PostgreSQL of its own. */
export interface RunningSystem {
  readonly address: string;
  readonly databaseUrl: string;
  readonly key: string;
  stop(): Promise<void>;
}

export async function startSystem(): Promise<RunningSystem> {
  const dir = await mkdtemp(join(tmpdir(), "tidewatch-bench-"));
  await chmod(dir, 0o755);
  const postgres = await startEmbeddedPostgres(dir);
  const child = spawn(process.execPath, ["server/main.ts"], {
    cwd: ROOT,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: {
      ...process.env,
      NODE_ENV: "production",
      DATABASE_URL: postgres.url,
      DATA_DIR: dir,
      HOST: "127.0.0.1",
      PORT: "0",
      LOG_LEVEL: "warn",
      INIT_API_KEY: KEY,
    },
  });
  const clean = async () => {
    await postgres.stop();
    await rm(dir, { recursive: true, force: true });
  };
  const address = await ready(child).catch(async (error: Error) => {
    await clean();
    throw error;
  });
  return {
    address: address.replace("localhost", "127.0.0.1"),
    databaseUrl: postgres.url,
    key: KEY,
    stop: async () => {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
      await clean();
    },
  };
}

/** main.ts tells its address when it serves. */
async function ready(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.on("message", (message: { ready?: string }) => message.ready && resolve(message.ready));
    child.once("exit", (code) => reject(new Error(`the server ended with code ${code} before it was ready`)));
  });
}
