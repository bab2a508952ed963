import { userInfo } from "node:os";

/** Who gives a command, as audit rows name actors: the user of the operating system. */
export function cliActor(): string {
  try {
    return `cli:${userInfo().username}`;
  } catch {
    return `cli:${process.getuid?.() ?? "unknown"}`; // a container's user need not have a name
  }
}
