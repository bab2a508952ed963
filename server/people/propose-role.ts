import type { Context } from "../context.ts";
import type { Proposed } from "../contracts/api/proposals.ts";
import { isGuarded, type ProposeNeeds, propose } from "../four-eyes/propose.ts";
import { AppError, NotFound } from "../lib/errors.ts";
import type { PersonAct, Who } from "./person-act.ts";
import { roleNamed } from "./roles.ts";

/** Another role, for a second administrator to confirm. @throws {AppError} nobody goes by that, or they have it already */
export async function proposeRole(
  ctx: ProposeNeeds,
  who: Who,
  { by, reason, given }: PersonAct & { readonly given: { readonly role: string } },
): Promise<Proposed> {
  const role = roleNamed(given.role);
  const person = await personNamed(ctx, who);
  if (person.role === role) {
    throw new AppError("role_unchanged", 409, `${person.name} has the role ${role} already.`);
  }
  const payload = { person: person.id, role, ...(person.role === null ? {} : { from: person.role }) };
  const told = { person: person.id, name: person.name, before: person.role, after: role };
  return propose(ctx, by, { act: "roles", payload, told, reason });
}

async function personNamed({ db }: Pick<Context, "db">, who: Who) {
  const name = typeof who === "string" ? who.trim().toLowerCase() : null;
  const person = await db.user.findFirst({
    where:
      typeof who === "string" ? { OR: [{ email: name ?? "" }, { username: name ?? "" }] } : { id: who.id },
    select: { id: true, name: true, role: true },
  });
  if (!person) throw new NotFound("There is no such person any more.");
  return person;
}

/** A role that one person alone would give. */
class RoleWaits extends AppError {
  constructor() {
    super(
      "role_waits",
      409,
      "Roles wait for a second administrator here: invite with another role, then propose this one.",
    );
  }
}

/** An administrator is not made at one stroke where roles wait for a second one. @throws {RoleWaits} */
export async function requireUnguardedRole(ctx: Pick<Context, "settings">, role: string): Promise<void> {
  if (role === "administrator" && (await isGuarded(ctx, "roles"))) throw new RoleWaits();
}
