import { z } from "zod";
import { ROLES, type Role } from "../../contracts/roles.ts";
import { list } from "../kinds.ts";

/** Which role a group of the provider gives; the first line that fits wins. */
export type RolesByGroup = readonly { readonly group: string; readonly role: Role }[];

/** `group=role`, the first that fits wins. A group may hold `=`, but no comma. @param example of how to write it */
export const rolesByGroup = (example: string) =>
  list.transform((entries, context): RolesByGroup => {
    const pairs = entries.map((entry) => {
      const at = entry.lastIndexOf("=");
      return { group: entry.slice(0, Math.max(at, 0)).trim(), role: entry.slice(at + 1).trim() };
    });
    if (pairs.length > 0 && pairs.every(({ group, role }) => group !== "" && isRole(role))) {
      return pairs as RolesByGroup;
    }
    context.addIssue(
      `write group=role, separated by commas, the role one of ${ROLES.join(", ")}: ${example}`,
    );
    return z.NEVER;
  });

const isRole = (text: string): boolean => (ROLES as readonly string[]).includes(text);
