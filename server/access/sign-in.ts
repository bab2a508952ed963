import type { AuditAction } from "../contracts/audit-actions.ts";
import { recordAct } from "../db/audit.ts";
import { Unauthenticated } from "../lib/errors.ts";
import { answerOf } from "./auth-answer.ts";
import type { AuthContext } from "./auth-context.ts";
import type { AccountName } from "./guessing.ts";
import { type Challenge, endChallenges, isOvertaken } from "./second-factor/challenge.ts";

/**
 * Signs a person in, or asks for a code where they have a second factor; the session that this browser had before ends. Whoever
 * is not let in gets one answer, whatever was
 * wrong: the name, its form or the password.
 * @throws {Unauthenticated}
 */
export async function signIn(
  ctx: AuthContext,
  request: Request,
  body: object,
  name: AccountName,
): Promise<Response> {
  const person = await ctx.db.user.findFirst({ where: name, select: { id: true } });
  const { headers } = request;
  const personId = person?.id ?? null;
  const began = new Date();
  const response = await ctx.guess({ headers, personId, name, says: "password", at: "sign-in" }, () =>
    ctx.ask(request, body),
  );
  if (response.status < 500 && (!response.ok || personId === null)) throw wrongPassword();
  if (!response.ok || personId === null) return response;
  // The password was right, and there is no session before a code is.
  if ("twoFactorRedirect" in (await answerOf(response))) {
    await requireStanding(ctx, { personId, since: began });
    await recordSignIn(ctx, request, personId, { action: "second-factor.asked" });
    await endSessionBefore(ctx, request);
    return response;
  }
  await recordSignIn(ctx, request, personId, { action: "session.sign-in" });
  await endSessionBefore(ctx, request);
  return withDevice(ctx, response, personId);
}

const wrongPassword = () => new Unauthenticated("That name and that password do not belong together.");

/**
 * Whoever replaces a password ends the sign-ins that wait for their code; one that begins to wait at that very moment ends here.
 * @throws {Unauthenticated}
 */
async function requireStanding({ db }: AuthContext, { personId, since }: Challenge): Promise<void> {
  if (!(await isOvertaken(db, { personId, since }))) return;
  await endChallenges(db, personId);
  throw wrongPassword();
}

/** An audit row of somebody who has come this far; of the first time it says so, for then every browser is a new one. */
export async function recordSignIn(
  { pool, devices }: AuthContext,
  request: Request,
  personId: string,
  { action, ...more }: { readonly action: AuditAction; readonly by?: string; readonly secondFactor?: string },
): Promise<void> {
  const isKnownBrowser = devices.deviceOf(request.headers, personId, Date.now()) !== null;
  const isFirst = action === "session.sign-in" && !(await hasSignedIn(pool, personId));
  const details = { isKnownBrowser, ...(isFirst ? { isFirst } : {}), ...more };
  return recordAct(pool, { actor: personId, action, subject: `person ${personId}`, details });
}

async function hasSignedIn(pool: AuthContext["pool"], personId: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    "SELECT 1 FROM audit_entry WHERE actor = $1 AND action = 'session.sign-in' LIMIT 1",
    [personId],
  );
  return rowCount === 1;
}

/** A browser has one session: that of its cookie before goes, whosever it was, and its sockets go with it. */
export async function endSessionBefore(
  { authenticate, db, pool }: AuthContext,
  request: Request,
): Promise<void> {
  const cookie = request.headers.get("cookie");
  const before = cookie === null ? null : await authenticate(new Headers({ cookie }));
  if (before?.kind !== "person") return;
  await db.session.deleteMany({ where: { id: before.sessionId } });
  await recordAct(pool, {
    actor: before.id,
    action: "session.sign-out",
    subject: `person ${before.id}`,
    details: { by: "another sign-in in the same browser" },
  });
}

/** The answer with the cookie by which this browser is known from now on. */
export function withDevice({ devices }: AuthContext, response: Response, personId: string): Response {
  const headers = new Headers(response.headers);
  headers.append("set-cookie", devices.issue(personId, Date.now()));
  return new Response(response.body, { status: response.status, headers });
}
