import type { AuditAction } from "#server/contracts/audit-actions.ts";
import { recordAct } from "#server/db/audit.ts";
import { AppError } from "#server/lib/errors.ts";
import type { AuthContext } from "../auth-context.ts";
import { endChallenges } from "./challenge.ts";
import { beganAt, keepAge } from "./keep-age.ts";
import { askWithPassword, type Person, signedInPerson } from "./with-password.ts";

/** What is there may be changed by a session alone in which it was given. */
class SecondFactorNotGiven extends AppError {
  constructor() {
    super("second_factor_needed", 403, "Sign in with your second factor first.");
  }
}

type Body = { readonly password?: string | undefined };

/**
 * Gives the signed-in person other recovery codes; those of before are good for nothing any more.
 * @throws {InvalidInput} the password is not right
 * @throws {SecondFactorNotGiven}
 */
export async function renewRecoveryCodes(ctx: AuthContext, request: Request, body: Body): Promise<Response> {
  const person = await personWithFactor(ctx, request);
  const response = await askWithPassword(ctx, request, person, body);
  if (response.ok) await record(ctx, person, "second-factor.codes-renewed");
  return response;
}

/**
 * Takes the signed-in person's second factor away. All other sessions end, and this browser's is another one, without it: where one
 * is asked of the person, it can do nothing but enrol the next.
 * @throws {InvalidInput} the password is not right
 * @throws {SecondFactorNotGiven}
 */
export async function removeSecondFactor(ctx: AuthContext, request: Request, body: Body): Promise<Response> {
  const person = await personWithFactor(ctx, request);
  const began = await beganAt(ctx, person);
  const response = await askWithPassword(ctx, request, person, body);
  if (!response.ok) return response;
  await keepAge(ctx, person, began);
  await ctx.db.session.deleteMany({ where: { userId: person.id, secondFactorAt: { not: null } } });
  await endChallenges(ctx.db, person.id);
  await record(ctx, person, "second-factor.remove");
  return response;
}

async function personWithFactor(ctx: AuthContext, { headers }: Request): Promise<Person> {
  const person = await signedInPerson(ctx, headers);
  if (person.secondFactor !== "given") throw new SecondFactorNotGiven();
  return person;
}

function record(ctx: AuthContext, { id }: Person, action: AuditAction): Promise<void> {
  return recordAct(ctx.pool, { actor: id, action, subject: `person ${id}` });
}
