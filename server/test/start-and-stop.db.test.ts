import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

/** The command itself, as npm runs it: through a shell that dies of a signal without passing it on. */

const STOP_MS = 10_000;

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "tidewatch-start-"));
  await chmod(dataDir, 0o755);
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

interface Started {
  readonly shell: ChildProcess;
  output(): string;
  /** Resolves when the last process that holds the output has gone. */
  readonly silence: Promise<void>;
}

const AS_NPM = `"${process.execPath}" scripts/run.mjs start; true`;

function start(environment: Readonly<Record<string, string>>, script = AS_NPM): Started {
  const shell = spawn("sh", ["-c", script], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, DATA_DIR: dataDir, HOST: "127.0.0.1", PORT: "0", ...environment },
  });
  const printed: string[] = [];
  const ends = [shell.stdout, shell.stderr].map(
    (stream) =>
      new Promise<void>((resolve) =>
        stream?.on("data", (part) => printed.push(String(part))).once("end", resolve),
      ),
  );
  return { shell, output: () => printed.join(""), silence: Promise.all(ends).then(() => undefined) };
}

async function ready({ output }: Started): Promise<void> {
  await expect.poll(output, { timeout: 60_000 }).toContain('"msg":"ready"');
}

/** Process id of the embedded PostgreSQL. */
const databasePid = () =>
  Number(readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe("the start command", () => {
  test("does not start when npm has died before it came up", async () => {
    if (process.platform !== "linux") return;
    // Runs once its shell is gone.
    const script = `(while kill -0 $$ 2>/dev/null; do :; done; exec "${process.execPath}" scripts/run.mjs start) & exit 0`;
    const started = start({ npm_lifecycle_event: "start" }, script);
    await started.silence;
    expect(started.output()).toContain("Stopping");
    expect(started.output()).not.toContain("Starting");
  });

  test("stops cleanly within ten seconds when only the shell around it is told to end", async () => {
    const started = start({});
    await ready(started);
    const postgres = databasePid();
    expect(isAlive(postgres)).toBe(true);
    const address = /"address":"([^"]+)"/.exec(started.output())?.[1];
    const page = await (await fetch(`${address}/sign-in`)).text();
    expect(page.replace(/<script[\s\S]*?<\/script>/g, "")).toContain("Nobody has been made here yet");
    const began = performance.now();
    started.shell.kill("SIGTERM");
    await started.silence;
    expect(performance.now() - began).toBeLessThan(STOP_MS);
    expect(started.output()).toContain("stopping");
    expect(started.output().trim().split("\n").at(-1)).toContain('"msg":"stopped"');
    await expect.poll(() => isAlive(postgres)).toBe(false);
  });

  test("says which port is taken and what to do", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as { port: number };
    const started = start({ PORT: String(port) });
    await started.silence;
    expect(started.output()).toContain(`Port ${port} is taken`);
    expect(started.output()).toContain("set PORT to a free one");
    other.close();
  });
});
