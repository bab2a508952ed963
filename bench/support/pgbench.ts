import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export async function isPgbenchHere(): Promise<boolean> {
  return run("pgbench", ["--version"]).then(
    () => true,
    () => false,
  );
}

export interface Pgbench {
  readonly databaseUrl: string;
  /** One transaction. */
  readonly sql: string;
  readonly clients: number;
  readonly seconds: number;
  /** Transactions a second; without it, as many as there can be. */
  readonly rate?: number;
}

/** Runs pgbench with prepared statements; answers each transaction's latency from its due moment, ms, and the rate. */
export async function runPgbench(job: Pgbench): Promise<{ latencies: number[]; perSecond: number }> {
  const folder = await mkdtemp(join(tmpdir(), "tidewatch-pgbench-"));
  try {
    const script = join(folder, "script.sql");
    await writeFile(script, job.sql);
    const args = ["-n", "-M", "prepared", "-f", script, "-c", String(job.clients), "-j", "1"];
    if (job.rate) args.push("-R", String(Math.round(job.rate)));
    args.push("-T", String(job.seconds), "-l", "--log-prefix", join(folder, "log"), job.databaseUrl);
    await run("pgbench", args, { maxBuffer: 2 ** 24 });
    const latencies: number[] = [];
    for (const name of await readdir(folder)) {
      if (!name.startsWith("log")) continue;
      for (const line of (await readFile(join(folder, name), "utf8")).split("\n")) {
        const microseconds = line.split(" ")[2]; // client, transaction, time, …
        if (microseconds !== undefined) latencies.push(Number(microseconds) / 1_000);
      }
    }
    return { latencies, perSecond: latencies.length / job.seconds };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
