import { recordAct } from "../db/audit.ts";
import { Unauthenticated } from "../lib/errors.ts";
import type { AuthContext } from "./auth-context.ts";
import type { AccountName } from "./guessing.ts";

/**
 * Signs a person in; the session that this browser had before ends. Whoever is not let in gets one answer, whatever was
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
  const response = await ctx.guess({ headers, personId, name, at: "sign-in" }, () => ctx.ask(request, body));
  if (response.status < 500 && (!response.ok || personId === null)) {
    throw new Unauthenticated("That name and that password do not belong together.");
  }
  if (!response.ok || personId === null) return response;
  await recordAct(ctx.pool, {
    actor: personId,
    action: "session.sign-in",
    subject: `person ${personId}`,
    details: { isKnownBrowser: ctx.devices.deviceOf(headers, personId, Date.now()) !== null },
  });
  await endSessionBefore(ctx, request);
  return withDevice(ctx, response, personId);
}

/** A browser has one session: that of its cookie before goes, whosever it was, and its sockets go with it. */
async function endSessionBefore({ authenticate, db, pool }: AuthContext, request: Request): Promise<void> {
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
