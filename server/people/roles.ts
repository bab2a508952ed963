import { ROLES, type Role, rightsOf } from "../access/can.ts";
import { InvalidInput } from "../lib/errors.ts";

/** @throws {InvalidInput} there is no such role */
export function roleNamed(text: string): Role {
  if ((ROLES as readonly string[]).includes(text)) return text as Role;
  throw new InvalidInput(`There is no such role: take one of ${ROLES.join(", ")}.`, { field: "role" });
}

/** Every role with its rights, for whoever chooses one for somebody. */
export const rolesWithRights = (): { role: Role; can: string[] }[] =>
  ROLES.map((role) => {
    const anyone = { kind: "person", id: "", name: "", role, sessionId: "" } as const;
    return { role, can: rightsOf(anyone) };
  });
