import { existsSync, lstatSync, statfsSync, statSync } from "node:fs";
import { chmod, mkdir, open, rm, stat } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { AppError } from "./errors.ts";
import { nameOfUser, ourName } from "./users.ts";

/** DATA_DIR cannot be used as it is: says where, whose it is, who we are, and how to fix it. */
export class UnusableDataDir extends AppError {
  constructor(message: string) {
    super("data_dir_unusable", 500, message);
  }
}

/** Less than this is no room, bytes: PostgreSQL writes its log in pieces of 16 MB. */
const NO_ROOM_BYTES = 24 * 1024 * 1024;

/**
 * Of a folder that we make. Started by root, PostgreSQL's own user has to pass through it to its files, and needs not see
 * what else lies there.
 */
const ownMode = (): number => (process.getuid?.() === 0 ? 0o711 : 0o700);

/**
 * The folder itself, its owner's alone where it was not there before, and proof that it can be written: what is missing
 * there is found out before anything is half made.
 * @throws {UnusableDataDir}
 */
export async function makeDataDir(dataDir: string): Promise<void> {
  await inDataDir(dataDir, async () => {
    const isOurs = !existsSync(dataDir);
    await makeFolder(resolve(dataDir));
    if (isOurs) await chmod(dataDir, ownMode());
    const path = join(dataDir, `.probe-${process.pid}-${crypto.randomUUID().slice(0, 8)}`);
    try {
      const file = await open(path, "wx", 0o600).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") error.code = "EACCES"; // the folder is there: it takes no files, as /proc
        throw error;
      });
      await file.writeFile("written by a start to see whether it can").finally(() => file.close());
    } finally {
      await rm(path, { force: true });
    }
  });
}

/**
 * A folder and those above it. Node's own way of making them all tries for ever where the system says of a folder that can be
 * seen that it is not there, as under /proc.
 * @throws what the operating system says; ELOOP for a link that leads nowhere
 */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return requireFolder(path, error);
    const parent = dirname(path);
    if (code !== "ENOENT" || parent === path || (await isThere(parent))) throw error;
    await makeFolder(parent);
    await mkdir(path).catch((again: NodeJS.ErrnoException) => {
      if (again.code !== "EEXIST") throw again; // another start was faster
    });
  }
}

/** @param error what is thrown when something else stands there */
async function requireFolder(path: string, error: unknown): Promise<void> {
  const found = await stat(path).catch((failure: NodeJS.ErrnoException) => {
    if (failure.code === "ENOENT") failure.code = "ELOOP"; // a link is there, and nothing at its end
    throw failure;
  });
  if (!found.isDirectory()) throw error;
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/**
 * Runs work that writes under DATA_DIR.
 * @throws {UnusableDataDir} instead of what the operating system says
 */
export async function inDataDir<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw unusable(dataDir, error) ?? error;
  }
}

/** @returns null when the error tells of something else */
export function unusable(dataDir: string, error: unknown): UnusableDataDir | null {
  const { code, path, syscall } = error as NodeJS.ErrnoException;
  if (error instanceof AppError || code === undefined || syscall === undefined) return null;
  const link = LINKED.has(code) ? danglingLink(dataDir) : null;
  if (link) return unusableBecause(dataDir, NOWHERE, LINK_ADVICE, link === dataDir ? undefined : link);
  const reason = REASONS[code];
  if (reason === undefined) {
    return path === undefined ? null : unusableBecause(dataDir, `cannot be used (${code})`, OTHER_ADVICE);
  }
  const where = path !== undefined && path !== dataDir && !path.includes(".probe-") ? path : undefined;
  return unusableBecause(dataDir, reason.told, reason.advice ?? ADVICE, where);
}

/** Whether a file lies in a folder, or is it. */
export const isWithin = (path: string, folder: string): boolean => {
  const way = relative(resolve(folder), resolve(path));
  return way === "" || !(way.startsWith("..") || isAbsolute(way));
};

/** The link on the way to a folder that leads to nothing. */
function danglingLink(path: string): string | null {
  if (existsSync(path)) return null;
  if (isLink(path)) return path;
  return dirname(path) === path ? null : danglingLink(dirname(path));
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false; // not there, or under something that is no folder
  }
}

/** @param where the file or folder that is in the way, when it is not DATA_DIR itself */
export function unusableBecause(
  dataDir: string,
  told: string,
  advice: string,
  where?: string,
): UnusableDataDir {
  const owner = ownerOf(where ?? dataDir);
  const whose = [...(where === undefined ? [] : [where]), `${owner.path} belongs to ${owner.name}`].join(
    "; ",
  );
  return new UnusableDataDir(
    `DATA_DIR (${dataDir}) ${told}: ${whose}, and Tidewatch runs as ${ourName()}. ${advice}`,
  );
}

export const NO_ROOM = "lies on a disk without room";
const ADVICE =
  "Give the folder to this user (chown -R), or set DATA_DIR to a folder that this user may write.";
const OTHER_ADVICE = "Fix that, or set DATA_DIR to another folder.";
const NOWHERE = "is, or lies under, a link that leads nowhere";
const LINK_ADVICE = "Make the folder that the link leads to, or set DATA_DIR to another folder.";
/** What the operating system says where a link leads nowhere. */
const LINKED: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR", "EEXIST", "ELOOP"]);
const ROOM_ADVICE = "Make room on that disk, or move DATA_DIR to a larger one.";

const REASONS: Readonly<Record<string, { readonly told: string; readonly advice?: string }>> = {
  EACCES: { told: "cannot be written" },
  EPERM: { told: "cannot be written" },
  ENOENT: {
    told: "is not there and cannot be made",
    advice: "Set DATA_DIR to a folder that this user may write.",
  },
  EROFS: {
    told: "lies on a file system that is mounted read-only",
    advice: "Mount it for writing, or set DATA_DIR to a folder that this user may write.",
  },
  ENOTDIR: {
    told: "is no folder, or lies under something that is none",
    advice: "Set DATA_DIR to a folder.",
  },
  EEXIST: { told: "is a file and no folder", advice: "Set DATA_DIR to a folder." },
  ENAMETOOLONG: { told: "has too long a name", advice: "Set DATA_DIR to a shorter path." },
  ELOOP: { told: NOWHERE, advice: LINK_ADVICE },
  ENOSPC: { told: NO_ROOM, advice: ROOM_ADVICE },
  EDQUOT: { told: NO_ROOM, advice: ROOM_ADVICE },
};

export const noRoom = (dataDir: string): UnusableDataDir => unusableBecause(dataDir, NO_ROOM, ROOM_ADVICE);

/** Whether so little room is left that PostgreSQL gives up. */
export function isOutOfRoom(dataDir: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dataDir);
    return bavail * bsize < NO_ROOM_BYTES;
  } catch {
    return false;
  }
}

/** Owner of what is there, else of the nearest folder above it that is. */
export function ownerOf(path: string): {
  readonly path: string;
  readonly name: string;
  readonly uid: number;
} {
  try {
    const { uid } = statSync(path);
    return { path, name: nameOfUser(uid), uid };
  } catch {
    const parent = dirname(path);
    return parent === path ? { path, name: "nobody that can be told", uid: -1 } : ownerOf(parent);
  }
}
