import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { access, chown, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AppError } from "../../lib/errors.ts";
import type { RolePasswords } from "./role-passwords.ts";
import { ADMIN_ROLE, makeAppRole } from "./roles.ts";
import { type RunAs, reaches } from "./run-as.ts";

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

/** Password of the application's role on the embedded server; made once. */
export async function databasePassword(dataDir: string): Promise<string> {
  const path = join(dataDir, "postgres.password");
  const known = await readFile(path, "utf8").catch(() => undefined);
  if (known) return known.trim();
  const password = randomBytes(24).toString("hex");
  await writeFile(path, password, { mode: 0o600 });
  return password;
}

/** Where the database files live: under DATA_DIR, or where PostgreSQL's user cannot enter that, under `sharedRoot`. */
async function chooseFolder(dataDir: string, runAs: RunAs | undefined, sharedRoot: string) {
  if (!runAs || reaches(runAs, `${dataDir}/.`)) return join(dataDir, "postgres");
  const name = createHash("sha256").update(dataDir).digest("hex").slice(0, 12);
  return join(sharedRoot, `data-${name}`, "postgres");
}

/**
 * The initialised database folder; made in a side folder and renamed, so a start that was killed half-way leaves
 * nothing that looks finished.
 */
export async function preparedDataFolder(options: {
  dataDir: string;
  binaries: string;
  runAs: RunAs | undefined;
  sharedRoot: string;
  passwords: RolePasswords;
}): Promise<string> {
  const { dataDir, binaries, runAs, sharedRoot, passwords } = options;
  const folder = await chooseFolder(dataDir, runAs, sharedRoot);
  if (await exists(join(folder, "PG_VERSION"))) return folder;
  const fresh = `${folder}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  await mkdir(fresh, { mode: 0o700 });
  const passwordFile = join(fresh, "..", "postgres.init-password");
  await writeFile(passwordFile, passwords.admin, { mode: 0o600 });
  if (runAs) {
    await chown(fresh, runAs.uid, runAs.gid);
    await chown(passwordFile, runAs.uid, runAs.gid);
  }
  try {
    initdb(binaries, fresh, passwordFile, runAs);
    makeAppRole(binaries, fresh, passwords.app, runAs);
    await rename(fresh, folder);
  } finally {
    await rm(passwordFile, { force: true });
  }
  return folder;
}

function initdb(binaries: string, folder: string, passwordFile: string, runAs: RunAs | undefined) {
  const args = [
    `--pgdata=${folder}`,
    `--username=${ADMIN_ROLE}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--data-checksums",
  ];
  const result = spawnSync(join(binaries, "bin", "initdb"), args, { encoding: "utf8", cwd: "/", ...runAs });
  if (result.status !== 0) {
    throw new AppError(
      "initdb_failed",
      500,
      `The embedded PostgreSQL could not make its files in ${folder}: ${result.error?.message ?? result.stderr.trim()}`,
    );
  }
}
