import { type ChildProcess, spawn } from "node:child_process";
import { startEmbeddedPostgres } from "#server/db/embedded/embedded-postgres.ts";

/** The whole product in a process of its own, built for production; its data folder outlives it. */
export interface RealServer {
  readonly address: string;
  readonly process: ChildProcess;
  /** Resolves when it has ended, for whatever reason, and all that it printed is read. */
  readonly ended: Promise<void>;
  /** Everything that it has printed so far. */
  output(): string;
  /** Ends it as the operating system would, without a word. */
  kill(): Promise<void>;
  /** Clean stop; nothing when it has ended already. */
  stop(): Promise<void>;
}

export async function startRealServer(
  dataDir: string,
  environment: Readonly<Record<string, string>>,
): Promise<RealServer> {
  const child = spawn(process.execPath, ["server/main.ts"], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: {
      ...process.env,
      NODE_ENV: "production",
      PORT: "0",
      HOST: "127.0.0.1",
      DATA_DIR: dataDir,
      DAY_CLOSE_AFTER_HOURS: "87840", // what a test sends is taken whatever its age
      REQUIRE_SECOND_FACTOR: "none", // tests about it say otherwise
      ...environment,
    },
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (part) => printed.push(String(part)));
  const output = () => printed.join("");
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const end = async (signal: "SIGKILL" | "SIGTERM") => {
    child.kill(signal);
    await ended;
  };
  const address = await new Promise<string>((resolve, reject) => {
    child.once("close", (code) =>
      reject(new Error(`the server ended with ${code} before it was ready:\n${output()}`)),
    );
    child.on("message", (message: { ready?: string }) => message.ready && resolve(message.ready));
  });
  return { address, process: child, ended, output, kill: () => end("SIGKILL"), stop: () => end("SIGTERM") };
}

/** Works with the embedded database of a folder whose server has ended. */
export async function withDatabaseOf<T>(dataDir: string, work: (url: string) => Promise<T>): Promise<T> {
  const database = await startEmbeddedPostgres(dataDir);
  try {
    return await work(database.url);
  } finally {
    await database.stop();
  }
}
