import { execFile } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "#server/db/embedded/embedded-postgres.ts";
import { migrate } from "#server/db/migrate.ts";

const run = promisify(execFile);

declare module "vitest" {
  interface ProvidedContext {
    /** DATA_DIR of a PostgreSQL that was stopped, with a migrated template; null: this machine cannot copy folders as they are. */
    seedFolder: string | null;
  }
}

/** A migrated database that others are copied from. */
export const TEMPLATE = "template_tidewatch";

/** Makes the folder once for a whole run: initialising and migrating take longer than most test files. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (process.platform === "win32") {
    project.provide("seedFolder", null);
    return async () => undefined;
  }
  const dir = await makeDir();
  const server = await startEmbeddedPostgres(dir);
  const admin = new pg.Client({ connectionString: server.adminUrl });
  await admin.connect();
  await admin.query("GRANT SET ON PARAMETER session_replication_role TO tidewatch");
  await admin.query(`CREATE DATABASE ${TEMPLATE} OWNER tidewatch`);
  await migrate(server.url.replace(/\w+$/, TEMPLATE));
  await admin.end();
  await server.stop();
  project.provide("seedFolder", dir);
  return () => rm(dir, { recursive: true, force: true });
}

/** An empty folder that PostgreSQL's own user may pass. */
export async function makeDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "tidewatch-writer-"));
  await chmod(dir, 0o755);
  return dir;
}

/** Copies a folder with owners and modes. */
export const copyFolder = (from: string, to: string) => run("cp", ["-a", `${from}/.`, to]);
