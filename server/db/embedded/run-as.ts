import { spawnSync } from "node:child_process";
import { AppError } from "#server/lib/errors.ts";

/** PostgreSQL refuses to run as root: the ordinary user that it runs as instead. */
export interface RunAs {
  readonly uid: number;
  readonly gid: number;
}

function lookUp(user: string): RunAs | undefined {
  const id = (flag: string) => spawnSync("id", [flag, user], { encoding: "utf8" });
  const [uid, gid] = [id("-u"), id("-g")];
  if (uid.status !== 0 || gid.status !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/** undefined for an ordinary user; as root: the user `postgres`, made if it is missing. */
export function chooseRunAs(): RunAs | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const existing = lookUp("postgres");
  if (existing) return existing;
  spawnSync("useradd", ["--system", "--user-group", "--no-create-home", "postgres"]);
  const made = lookUp("postgres") ?? lookUp("nobody");
  if (made) return made;
  throw new AppError(
    "no_postgres_user",
    500,
    "PostgreSQL does not run as root and no user could be made for it. Make one (useradd postgres), start as an ordinary user, or set DATABASE_URL.",
  );
}

/** Whether that user can enter all folders on the way to `path`; with `/.` at its end, that folder too. */
export function reaches(runAs: RunAs, path: string): boolean {
  return spawnSync("ls", ["-d", path], { uid: runAs.uid, gid: runAs.gid, cwd: "/" }).status === 0;
}
