// Whether npm has died while this process was still coming up.
import { readFileSync } from "node:fs";

/**
 * npm and its shell die of a signal that comes early, and what they have started goes on with another parent, which it then
 * finds from its first line on: nobody is left to tell it to stop.
 * @param parent process id
 * @param name the command, which npm calls its script by
 */
export function isLeftBehind(parent, name) {
  if (process.env.npm_lifecycle_event !== name) return false;
  if (process.platform !== "linux") return parent === 1; // Windows has no such number
  const words = commandOf(parent);
  return words !== null && !(words.includes(name) && /run\.mjs|npm|yarn|bun/.test(words));
}

/** Empty when it is dying; null when it cannot be told, or has just died. */
function commandOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return null;
  }
}
