import type { Role } from "#server/access/can.ts";
import type { AdmissionPolicy } from "#server/access/single-sign-on/provider-kind.ts";

/** The role of somebody's groups; kept: the one that they have here stays; null: none, and they do not come in. */
export type GroupRole = Role | "kept" | null;

/** The first line that fits wins: whoever writes the table says which group counts more. */
export function groupRoleOf(
  { roles, defaultRole }: Pick<AdmissionPolicy, "roles" | "defaultRole">,
  groups: readonly string[],
): GroupRole {
  if (roles === null) return "kept";
  return roles.find(({ group }) => groups.includes(group))?.role ?? defaultRole;
}
