import { readFileSync } from "node:fs";
import { userInfo } from "node:os";

/** `alice (uid 1000)`; the number alone where the system does not tell names in a file. */
export function nameOfUser(uid: number): string {
  const name = uid === process.getuid?.() ? ownUserName() : listedName(uid);
  return name === undefined ? `uid ${uid}` : `${name} (uid ${uid})`;
}

/** The user that this process runs as. */
export function ourName(): string {
  const uid = process.geteuid?.();
  return uid === undefined ? (ownUserName() ?? "this user") : nameOfUser(uid);
}

function ownUserName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined; // a container may run as a number that has no name
  }
}

function listedName(uid: number): string | undefined {
  try {
    const lines = readFileSync("/etc/passwd", "utf8").split("\n");
    return lines.find((line) => line.split(":")[2] === String(uid))?.split(":")[0];
  } catch {
    return undefined;
  }
}
