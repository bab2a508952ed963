import { AppError } from "#server/lib/errors.ts";
import type { AuthContext } from "../auth-context.ts";
import type { Said } from "../refusal-log.ts";
import { recordSignIn, withDevice } from "../sign-in.ts";
import {
  type Challenge,
  endChallenges,
  findChallenge,
  isOvertaken,
  withChallengeAlone,
} from "./challenge.ts";
import { codeRefusal, lookAtCode } from "./look-at-code.ts";
import { recordRecovery } from "./record-recovery.ts";

/** The password's part of a sign-in does not hold any more: too late, too often, or overtaken. */
class SignInAnew extends AppError {
  constructor() {
    super("sign_in_anew", 401, "This sign-in does not hold any more. Begin again with your password.");
  }
}

/**
 * The second half of a sign-in: the password was right, and here is a code of the app, or one of the recovery codes.
 * @throws {SignInAnew}
 * @throws {InvalidInput} the code is wrong, or was used already
 * @throws {TooBusy}
 */
export async function signInWithCode(
  ctx: AuthContext,
  request: Request,
  { code }: { readonly code: string },
  says: Exclude<Said, "password">,
): Promise<Response> {
  const challenge = await findChallenge(ctx.db, request.headers);
  if (!challenge) throw new SignInAnew();
  const { personId } = challenge;
  const response = await lookAtCode(ctx, request, {
    asking: withChallengeAlone(request),
    personId,
    code,
    says,
    at: "sign-in",
  });
  if (response.status >= 500) return response;
  if (!response.ok) throw (await codeRefusal(response)) ?? new SignInAnew();
  await requireStanding(ctx, response, challenge);
  await recordSignIn(ctx, request, personId, { action: "session.sign-in", secondFactor: says });
  if (says === "recovery code") await recordRecovery(ctx, personId);
  return withDevice(ctx, response, personId);
}

/** A session that begins while its password or its second factor is taken away ends at once. @throws {SignInAnew} */
async function requireStanding(ctx: AuthContext, response: Response, challenge: Challenge): Promise<void> {
  const actor = await ctx.authenticate(new Headers({ cookie: cookiesOf(response) }));
  const sessionId = actor?.kind === "person" && actor.id === challenge.personId ? actor.sessionId : null;
  if (sessionId !== null && !(await isOvertaken(ctx.db, challenge))) return;
  if (sessionId !== null) await ctx.db.session.deleteMany({ where: { id: sessionId } });
  await endChallenges(ctx.db, challenge.personId);
  throw new SignInAnew();
}

const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((each) => each.split(";", 1)[0])
    .join("; ");
