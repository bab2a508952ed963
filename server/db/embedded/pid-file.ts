import { readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isAlive } from "./postmaster.ts";
import { servesFolder } from "./process-folder.ts";

/** What postmaster.pid says of the server of a folder. */
export interface PidFile {
  readonly pid: number;
  /** 0: the server that wrote it had not come to say it. */
  readonly port: number;
}

const pathIn = (folder: string): string => join(folder, "postmaster.pid");

function parse(text: string): PidFile {
  const lines = text.split("\n");
  return { pid: Number(lines[0]) || 0, port: Number(lines[3]) || 0 };
}

export async function readPidFile(folder: string): Promise<PidFile | null> {
  const text = await readFile(pathIn(folder), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    return "";
  });
  return text === "" ? null : parse(text);
}

/** Process id of the server that runs on this folder now; null: none does, whatever the file says. */
export function livingServer(folder: string): number | null {
  try {
    const { pid } = parse(readFileSync(pathIn(folder), "utf8"));
    return isAlive(pid) && servesFolder(pid, folder) ? pid : null;
  } catch {
    return null;
  }
}

/** Beyond what any system gives: nobody ever has it. */
const NOBODY = 2_147_483_647;

/**
 * The process that the file names is somebody else's. PostgreSQL would take it for a server of this folder and not start;
 * with a process that is nobody's it takes the file for what it is, and still looks whether the memory that the file names is
 * in use by what is left of a server. That is why the file is not simply removed.
 */
export async function disownPidFile(folder: string): Promise<void> {
  const text = await readFile(pathIn(folder), "utf8");
  await writeFile(pathIn(folder), text.replace(/^-?\d+/, String(NOBODY)));
}
