import { recordAct } from "#server/db/audit.ts";
import { AppError, Forbidden } from "#server/lib/errors.ts";
import type { AuthContext } from "../auth-context.ts";
import { isDemoAddress } from "../in-force.ts";
import type { Said } from "../refusal-log.ts";
import { endChallenges } from "./challenge.ts";
import { beganAt, keepAge } from "./keep-age.ts";
import { codeRefusal, lookAtCode } from "./look-at-code.ts";
import { asksSecondFactor } from "./rule.ts";
import { askWithPassword, type Person, signedInPerson } from "./with-password.ts";

/** A second factor is there already, or none has been begun. */
class NotToEnrol extends AppError {
  constructor(isEnrolled: boolean) {
    const enrolled = "You have a second factor already: remove it before you enrol another one.";
    super("not_to_enrol", 409, isEnrolled ? enrolled : "Begin anew: no second factor is waiting.");
  }
}

/**
 * Begins a second factor: answers the secret for an authenticator app and the recovery codes. It counts once a code has confirmed it;
 * one that was begun before and not confirmed is replaced.
 * @throws {NotToEnrol}
 * @throws {InvalidInput} the password is not right
 * @throws {FreshSignInNeeded}
 */
export async function beginEnrolment(
  ctx: AuthContext,
  request: Request,
  body: { readonly password?: string | undefined },
): Promise<Response> {
  const person = await signedInPerson(ctx, request.headers);
  const { twoFactor, email } = await stateOf(ctx, person);
  if (twoFactor?.verified) throw new NotToEnrol(true);
  if (isDemoAddress(email) && !asksSecondFactor(ctx.rule, person.role)) {
    throw new Forbidden("The people of the demo are everybody's: a second factor would keep the others out.");
  }
  return askWithPassword(ctx, request, person, body);
}

/**
 * The first code of the app: from now on nobody signs in as this person without one. This browser gets another session, which
 * has the factor, and all others end.
 * @throws {NotToEnrol}
 * @throws {InvalidInput} the code is wrong
 * @throws {TooBusy}
 */
export async function confirmEnrolment(
  ctx: AuthContext,
  request: Request,
  { code }: { readonly code: string },
  { person, says }: { readonly person: Person; readonly says: Exclude<Said, "password"> },
): Promise<Response> {
  const { twoFactor } = await stateOf(ctx, person);
  if (!twoFactor || twoFactor.verified) throw new NotToEnrol(twoFactor !== null);
  if (says !== "code") throw new NotToEnrol(false);
  const began = await beganAt(ctx, person);
  const response = await lookAtCode(ctx, request, {
    personId: person.id,
    code,
    says,
    at: "second-factor",
  });
  if (response.status >= 500) return response;
  if (!response.ok) throw (await codeRefusal(response)) ?? new NotToEnrol(false);
  const where = { userId: person.id };
  await ctx.db.twoFactor.updateMany({ where, data: { enrolledAt: new Date() } });
  const { count: sessions } = await ctx.db.session.deleteMany({ where: { ...where, secondFactorAt: null } });
  await keepAge(ctx, person, began);
  await endChallenges(ctx.db, person.id);
  await recordAct(ctx.pool, {
    actor: person.id,
    action: "second-factor.enrol",
    subject: `person ${person.id}`,
    details: { sessions },
  });
  return response;
}

/** Whether a person has a second factor that was confirmed. */
export async function hasEnrolled(ctx: AuthContext, person: Person): Promise<boolean> {
  return (await stateOf(ctx, person)).twoFactor?.verified === true;
}

const stateOf = ({ db }: AuthContext, { id }: Person) =>
  db.user.findUniqueOrThrow({
    where: { id },
    select: { email: true, twoFactor: { select: { verified: true } } },
  });
