import { stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "#server/config/config.ts";
import { BusinessTime } from "#server/contracts/business-time.ts";
import { type Finding, failure, ok, warning } from "./finding.ts";

const GIB = 2 ** 30;
const OLDEST_NODE = 24;
/** No clock that is right shows an earlier time, ms. */
const RELEASED = Date.UTC(2026, 0, 1);

export function checkNode(version: string): Finding {
  if (Number(version.split(".")[0]) >= OLDEST_NODE) return ok("node", `Node.js ${version}`);
  return failure(
    "node",
    `Node.js ${version} is too old`,
    "Start with npm run …: it uses the pinned Node.js.",
  );
}

export function checkClock(now: number): Finding {
  if (now >= RELEASED) return ok("clock", new Date(now).toISOString());
  const told = `the clock shows ${new Date(now).toISOString()}`;
  return failure("clock", told, "Set the clock (timedatectl set-ntp true): events would lie in its future.");
}

export function checkZone(zone: string, now: number): Finding {
  const hour = new BusinessTime(zone).hourOf(now);
  return ok("zone", `business hour ${hour} in ${zone}`);
}

export async function checkDisk(dataDir: string): Promise<Finding> {
  try {
    const { bavail, bsize } = await statfs(dataDir);
    return diskFinding(dataDir, bavail * bsize);
  } catch (error) {
    const told = `${dataDir} cannot be looked at: ${(error as Error).message}`;
    return failure("disk", told, "Set DATA_DIR to a folder that this user may write.");
  }
}

/** @param free bytes */
export function diskFinding(dataDir: string, free: number): Finding {
  const told = `${(free / GIB).toFixed(1)} GiB free under ${dataDir}`;
  const fix = "Make room, or move DATA_DIR to a larger disk.";
  if (free < GIB) return failure("disk", told, fix);
  return free < 5 * GIB ? warning("disk", told, fix) : ok("disk", told);
}

export async function checkSecret({
  SECRET_KEY,
  DATA_DIR,
}: Pick<Config, "SECRET_KEY" | "DATA_DIR">): Promise<Finding> {
  if (SECRET_KEY !== undefined) return ok("secret", "SECRET_KEY is set");
  const path = join(DATA_DIR, "secret.key");
  const found = await stat(path).catch(() => null);
  if (!found) return ok("secret", "will be made at the first start");
  if ((found.mode & 0o077) === 0 || process.platform === "win32") return ok("secret", `kept in ${path}`);
  return warning("secret", `${path} can be read by other users`, `chmod 600 ${path}`);
}
