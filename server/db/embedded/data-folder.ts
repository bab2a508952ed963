import { createHash } from "node:crypto";
import { access, chown, mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Program, runProgram } from "./program.ts";
import type { RolePasswords } from "./role-passwords.ts";
import { ADMIN_ROLE, appRoleScript } from "./roles.ts";
import { type RunAs, reaches } from "./run-as.ts";

/** What is not there; a folder that may not be entered is no missing one. */
const isMissing = (path: string): Promise<boolean> =>
  access(path).then(
    () => false,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
      return true;
    },
  );

/** Where the database files live: under DATA_DIR, or where PostgreSQL's user cannot enter that, under `sharedRoot`. */
export function databaseFolder(dataDir: string, runAs: RunAs | undefined, sharedRoot: string): string {
  if (!runAs || reaches(runAs, `${dataDir}/.`)) return join(dataDir, "postgres");
  const name = createHash("sha256").update(dataDir).digest("hex").slice(0, 12);
  return join(sharedRoot, `data-${name}`, "postgres");
}

/** Files that belong to an ordinary user already are worked with as that user; PostgreSQL takes no others. */
export async function ownerOfFolder(folder: string, runAs: RunAs | undefined): Promise<RunAs | undefined> {
  if (!runAs) return undefined;
  const found = await stat(folder).catch(() => null);
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : runAs;
}

interface Options {
  readonly dataDir: string;
  readonly folder: string;
  /** Folder of PostgreSQL's programs. */
  readonly binaries: string;
  readonly runAs: RunAs | undefined;
  readonly passwords: RolePasswords;
  readonly signal: AbortSignal | undefined;
}

/**
 * Initialises the database folder; it is made aside and renamed, so a start that ends half-way leaves nothing that looks
 * finished. The caller holds the folder's start lock.
 */
export async function prepareDatabaseFolder(options: Options): Promise<void> {
  const { folder, runAs } = options;
  const fresh = `${folder}.new`;
  const passwordFile = join(dirname(folder), "postgres.init-password");
  await rm(passwordFile, { force: true }); // a start that was killed may have left it
  await rm(fresh, { recursive: true, force: true });
  if (!(await isMissing(join(folder, "PG_VERSION")))) return;
  await mkdir(dirname(folder), { recursive: true });
  await mkdir(fresh, { mode: 0o700 });
  if (runAs) await chown(fresh, runAs.uid, runAs.gid);
  try {
    await initdb(options, fresh, passwordFile);
    await makeAppRole(options, fresh);
    await rename(fresh, folder);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw error;
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function initdb(options: Options, folder: string, passwordFile: string): Promise<void> {
  const { binaries, passwords, runAs } = options;
  const initdb = join(binaries, "bin", "initdb");
  const args = [
    `--pgdata=${folder}`,
    `--username=${ADMIN_ROLE}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--data-checksums",
  ];
  const common = { runAs, purpose: `make its files in ${folder}` };
  if (process.platform === "win32") {
    await writeFile(passwordFile, passwords.admin, { mode: 0o600 });
    await run(options, { ...common, path: initdb, args: [...args, `--pwfile=${passwordFile}`], input: "" });
    return;
  }
  // The password goes through a pipe and touches no disk. Node's own pipes are sockets, which cannot be opened by a
  // name; the shell's are real ones, and belong to the user that initdb runs as.
  const script = 'cat | "$0" "$@" --pwfile=/dev/stdin';
  await run(options, {
    ...common,
    path: "/bin/sh",
    args: ["-c", script, initdb, ...args],
    input: `${passwords.admin}\n`,
  });
}

/** By the server alone, without any connection: from then on it answers whoever starts it. */
async function makeAppRole(options: Options, folder: string): Promise<void> {
  const { binaries, passwords, runAs } = options;
  await run(options, {
    runAs,
    path: join(binaries, "bin", "postgres"),
    args: ["--single", "-D", folder, "postgres"],
    input: `${appRoleScript(passwords.app)}\n`,
    purpose: `make its roles in ${folder}`,
  });
}

const run = ({ dataDir, signal }: Options, program: Omit<Program, "dataDir" | "signal">) =>
  runProgram({ ...program, dataDir, signal });
