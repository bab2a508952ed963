import type { z } from "zod";
import type { KeyUser, keyUserPatch } from "../contracts/api/key-users.ts";
import { InvalidInput } from "../lib/errors.ts";
import { baselineText, infoText, type KeyUserWrite, onKeyUser } from "./key-user-write.ts";

/**
 * Edits a row. A new baseline takes its place at the time of the edit (rule K3): events from before it are superseded.
 * A new text alone leaves the baseline and its place as they are.
 */
export function editKeyUser(
  write: KeyUserWrite,
  version: number,
  patch: z.infer<typeof keyUserPatch>,
): Promise<KeyUser> {
  const now = write.ctx.now();
  return onKeyUser(write, version, (current) => {
    if (current.removed_at) throw new InvalidInput("This user is off the list: restore them first.");
    const rawPremium = patch.rawPremium === undefined ? undefined : baselineText(patch.rawPremium);
    const infoAfter = patch.rawInfo === undefined ? current.raw_info : infoText(patch.rawInfo);
    const place =
      rawPremium === undefined
        ? {}
        : // Rule K5: the anchor is the highest baseline since listing, so the one that goes may remain it.
          {
            rawPremium,
            baselineAsOf: BigInt(now),
            asOfEvent: false,
            anchor: current.anchor,
          };
    return {
      source: "edit",
      columns: { ...place, rawInfo: infoAfter },
      reason: patch.reason,
      premiumAfter: rawPremium ?? current.raw_premium,
      infoAfter,
      effectiveAt: rawPremium === undefined ? null : now,
    };
  });
}
