// Where the tests put their folders: in memory where there is room. Databases that start and stop spend a third of their time on the disk.
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";

const MEMORY = "/dev/shm";
const PREFIX = "tidewatch-test-";
/** What all of them together may come to, bytes. */
const ROOM = 4 * 1024 ** 3;

/** The environment that puts temporary folders there until this process ends; empty where there is no such room. */
export function scratch() {
  if (process.env.TMPDIR || !hasRoom()) return {};
  for (const name of readdirSync(MEMORY)) {
    const pid = Number(name.slice(PREFIX.length));
    const isLeft = pid === process.pid || !existsSync(`/proc/${pid}`); // numbers of processes come again
    if (name.startsWith(PREFIX) && isLeft) remove(join(MEMORY, name));
  }
  const folder = join(MEMORY, `${PREFIX}${process.pid}`);
  mkdirSync(folder);
  chmodSync(folder, 0o755); // databases run as another user where we are root
  process.on("exit", () => remove(folder));
  return { TMPDIR: folder };
}

const remove = (folder) => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });

function hasRoom() {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > ROOM;
  } catch {
    return false;
  }
}
