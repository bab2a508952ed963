import type { Proposed } from "../contracts/api/proposals.ts";
import type { SettingsPatch } from "../contracts/api/settings.ts";
import { propose } from "../four-eyes/propose.ts";
import { type ChangeNeeds, planChange } from "./change-settings.ts";

/** Other settings, for a second administrator to confirm. @throws {Conflict | InvalidInput | SetByEnvironment} as the change would */
export async function proposeSettings(
  ctx: ChangeNeeds,
  by: string,
  version: number,
  patch: SettingsPatch,
): Promise<Proposed> {
  const { changes } = await planChange(ctx, version, patch.changes);
  const told = Object.fromEntries(Object.entries(changes).map(([name, { after }]) => [name, after]));
  return propose(ctx, by, { act: "settings", payload: { version, patch }, told, reason: patch.reason });
}
