import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "#server/db/embedded/embedded-postgres.ts";

const ROOT = join(import.meta.dirname, "../..");
const KEY = "bench-key-of-one-run-only-0123456789";

/** The product, running in a process of its own on an embedded PostgreSQL of its own. */
export interface RunningSystem {
  readonly address: string;
  readonly databaseUrl: string;
  /** Process ids of the server and of its PostgreSQL. */
  readonly pid: number;
  readonly databasePid: number;
  readonly key: string;
  /** Stops the server in order and leaves its database running. */
  stopServer(): Promise<void>;
  /** Starts the server again on the same database; answers the seconds until it serves. */
  startServer(): Promise<number>;
  /** Starts another node on the same database. */
  startNode(environment: Readonly<Record<string, string>>): Promise<{ readonly address: string }>;
  stop(): Promise<void>;
}

/** Systems of this process: a signal stops them before it ends us. */
const running = new Set<RunningSystem>();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    void Promise.allSettled([...running].map((system) => system.stop())).then(() => process.exit(1));
  });
}

export async function startSystem(
  environment: Readonly<Record<string, string>> = {},
): Promise<RunningSystem> {
  const dir = await mkdtemp(join(tmpdir(), "tidewatch-bench-"));
  await chmod(dir, 0o755);
  const postgres = await startEmbeddedPostgres(dir);
  const launch = () => spawnServer({ DATABASE_URL: postgres.url, DATA_DIR: dir, ...environment });
  let server = launch();
  const nodes: ReturnType<typeof spawnServer>[] = [];
  let stopped: Promise<void> | undefined;
  const stop = async () => {
    running.delete(system);
    await Promise.all([server, ...nodes].map((each) => end(each.process)));
    await postgres.stop();
    await rm(dir, { recursive: true, force: true });
  };
  const system: RunningSystem = {
    get address() {
      return server.address;
    },
    get pid() {
      return server.process.pid ?? 0;
    },
    databaseUrl: postgres.url,
    databasePid: postgres.pid,
    key: KEY,
    stopServer: () => end(server.process),
    startServer: async () => {
      const started = performance.now();
      server = launch();
      await server.ready();
      return (performance.now() - started) / 1_000;
    },
    startNode: async (more) => {
      const node = spawnServer({ DATABASE_URL: postgres.url, DATA_DIR: dir, ...environment, ...more });
      nodes.push(node);
      await node.ready();
      return node;
    },
    stop: () => {
      stopped ??= stop(); // a signal and the benchmark's own end may both ask
      return stopped;
    },
  };
  running.add(system);
  await server.ready().catch(async (error: Error) => {
    await system.stop();
    throw error;
  });
  return system;
}

/** A server on a free port; its address is known once it is ready. */
function spawnServer(environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ["server/main.ts"], {
    cwd: ROOT,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: {
      ...process.env,
      NODE_ENV: "production",
      HOST: "127.0.0.1",
      PORT: "0",
      LOG_LEVEL: "error",
      INIT_API_KEY: KEY,
      REQUIRE_SECOND_FACTOR: "none",
      ...environment,
    },
  });
  const server = {
    process: child,
    address: "",
    ready: async () => {
      server.address = (await readyAddress(child)).replace("localhost", "127.0.0.1");
    },
  };
  return server;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}

/** main.ts tells its address when it serves. */
async function readyAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.on("message", (message: { ready?: string }) => message.ready && resolve(message.ready));
    child.once("exit", (code) => reject(new Error(`the server ended with code ${code} before it was ready`)));
  });
}
