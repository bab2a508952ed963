import { execFile } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "#server/db/embedded/embedded-postgres.ts";
import { migrate } from "#server/db/migrate.ts";

const run = promisify(execFile);

/** A migrated database that others are copied from. */
export const TEMPLATE = "template_tidewatch";

/** Addresses of a server of these tests: by its application, its reader and its administrator. */
export type ServerUrls = Pick<EmbeddedPostgres, "url" | "readerUrl" | "adminUrl">;

/** A server with the migrated template, in a folder of its own; its end removes both. */
export interface SeededServer extends ServerUrls {
  stop(): Promise<void>;
}

/**
 * DATA_DIR of a PostgreSQL that was stopped, with the template: initialising and migrating take longer than most test files.
 * @returns null: this machine cannot copy folders as they are
 */
export async function makeSeed(): Promise<string | null> {
  if (process.platform === "win32") return null;
  const dir = await makeDir();
  const server = await startEmbeddedPostgres(dir);
  await makeTemplate(server);
  await server.stop();
  return dir;
}

/** @param isDurable false: quicker, for tests in which no server dies */
export async function startSeeded(seed: string | null, isDurable: boolean): Promise<SeededServer> {
  const dir = await makeDir();
  if (seed !== null) await copyFolder(seed, dir);
  const server = await startEmbeddedPostgres(dir);
  if (seed === null) await makeTemplate(server);
  if (!isDurable) await asAdmin(server, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()");
  const { url, readerUrl, adminUrl } = server;
  const stop = async () => {
    await server.stop();
    await rm(dir, { recursive: true, force: true });
  };
  return { url, readerUrl, adminUrl, stop };
}

async function makeTemplate(server: ServerUrls): Promise<void> {
  await asAdmin(
    server,
    "GRANT SET ON PARAMETER session_replication_role TO tidewatch",
    `CREATE DATABASE ${TEMPLATE} OWNER tidewatch`,
  );
  await migrate(server.url.replace(/\w+$/, TEMPLATE));
}

async function asAdmin({ adminUrl }: ServerUrls, ...statements: readonly string[]): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  for (const statement of statements) await admin.query(statement);
  await admin.end();
}

/** An empty folder that PostgreSQL's own user may pass. */
async function makeDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "tidewatch-writer-"));
  await chmod(dir, 0o755);
  return dir;
}

/** Copies a folder with owners and modes. */
const copyFolder = (from: string, to: string) => run("cp", ["-a", `${from}/.`, to]);
