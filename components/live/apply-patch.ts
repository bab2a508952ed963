import type { SnapshotPosition } from "#server/contracts/api/common.ts";
import type { Patch } from "#server/contracts/live.ts";

/** What a reader does with a patch, by the rule of server/contracts/live.ts. */
export type PatchFate = "apply" | "drop" | "stale";

export function fateOf(have: SnapshotPosition, patch: Patch<unknown>): PatchFate {
  if (patch.epoch !== have.epoch || have.position < patch.from) return "stale";
  return patch.to < have.position ? "drop" : "apply";
}

/** Something that was read at a position of the commit order. */
export interface Snapshot {
  readonly snapshot: SnapshotPosition;
}

/** Carries data forward by patches in their order; null when there is a gap and only a fresh snapshot will do. */
export function carryForward<D extends Snapshot, B>(
  data: D,
  patches: readonly Patch<B>[],
  apply: (data: D, body: B) => D,
): D | null {
  let current = data;
  for (const patch of patches) {
    const fate = fateOf(current.snapshot, patch);
    if (fate === "stale") return null;
    if (fate === "drop") continue;
    const snapshot = { epoch: patch.epoch, position: Math.max(patch.to, current.snapshot.position) };
    current = { ...apply(current, patch.body), snapshot };
  }
  return current;
}
