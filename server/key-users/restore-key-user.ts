import type { KeyUser } from "../contracts/api/key-users.ts";
import { InvalidInput } from "../lib/errors.ts";
import { type KeyUserWrite, onKeyUser, requireFresh } from "./key-user-write.ts";

/** Puts a removed user back, with the baseline that stood when they were removed; the anchor starts anew (rule K5). */
export function restoreKeyUser(write: KeyUserWrite, version: number): Promise<KeyUser> {
  return onKeyUser(write, version, (before, since) => {
    requireFresh(since);
    if (!before.removed_at) throw new InvalidInput("This user is on the list.");
    return {
      source: "restore",
      columns: { removedAt: null, anchor: null },
      premiumAfter: before.raw_premium,
      infoAfter: before.raw_info,
      effectiveAt: null,
    };
  });
}
