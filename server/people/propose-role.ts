import type { Context } from "../context.ts";
import type { Proposed } from "../contracts/api/proposals.ts";
import { type ProposeNeeds, propose } from "../four-eyes/propose.ts";
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
