import type { KeyUser } from "../contracts/api/key-users.ts";
import { InvalidInput } from "../lib/errors.ts";
import { type KeyUserWrite, onKeyUser, requireFresh } from "./key-user-write.ts";

/** Takes a user off the list; the row and its history stay, an open case goes on. */
export function removeKeyUser(write: KeyUserWrite, version: number): Promise<KeyUser> {
  const removedAt = new Date(write.ctx.now());
  return onKeyUser(write, version, (before, since) => {
    requireFresh(since);
    if (before.removed_at) throw new InvalidInput("This user is off the list already.");
    return {
      source: "remove",
      columns: { removedAt },
      premiumAfter: null,
      infoAfter: null,
      effectiveAt: null,
    };
  });
}
