import type { ProviderId, SingleSignOnRefusal } from "#server/contracts/single-sign-on.ts";
import { NotFound } from "#server/lib/errors.ts";
import type { AuthContext } from "../auth-context.ts";
import { clientAddress } from "../client-address.ts";
import { shareOf } from "../guessing.ts";
import { endSessionBefore, recordSignIn, withDevice } from "../sign-in.ts";
import { type Callback, during } from "./admission.ts";
import { keepProviderSession } from "./end-session.ts";
import { dropInvitation, invitationOf } from "./invited.ts";
import type { SingleSignOn } from "./single-sign-on.ts";
import { tellSubject } from "./told-subject.ts";

/** What the provider says in the address, and how long it may be; nothing else is handed on. */
const LONGEST: Readonly<Record<string, number>> = { code: 4_096, state: 512, iss: 512, error: 128 };

/** What better-auth calls an answer that this browser did not ask for, or too long ago. */
const EXPIRED = ["state_mismatch", "state_not_found", "state_invalid", "please_restart_the_process"];

/**
 * Takes somebody who comes back from the provider. Whatever comes of it, the browser goes on to the sign-in page: with a session, which
 * leads on from there, or with the reason why there is none.
 * @throws {NotFound} the provider is not configured
 * @throws {TooBusy} too many come from the same address
 */
export async function followCallback(
  ctx: AuthContext,
  request: Request,
  provider: ProviderId,
): Promise<Response> {
  const singleSignOn = ctx.providers?.get(provider);
  if (!singleSignOn) throw new NotFound("There is no such address.");
  if (isAwaited(request)) await ctx.countRound(shareOf(clientAddress(request)));
  const answer = await follow(ctx, singleSignOn, request);
  for (const each of dropInvitation(singleSignOn, request)) answer.headers.append("set-cookie", each);
  return answer;
}

/**
 * Whether the browser began a round: without what better-auth gave it then, nothing is asked of the provider, and it is refused. Whoever is
 * sent here by a foreign page uses up nobody's rounds.
 */
const isAwaited = (request: Request): boolean =>
  /(?:^|;\s?)(?:__Secure-)?better-auth\.oauth_state=./.test(request.headers.get("cookie") ?? "");

async function follow(ctx: AuthContext, singleSignOn: SingleSignOn, request: Request): Promise<Response> {
  const callback: Callback = { invitation: await invitationOf(singleSignOn, request) };
  const asked = asWritten(request, singleSignOn);
  const response = await during(callback, () => ctx.askProvider(singleSignOn, asked)).catch(
    (error: unknown) => {
      ctx.log.warn({ err: error }, "a single sign-on could not be followed");
      return null;
    },
  );
  if (response === null) return refuse(ctx, singleSignOn, request, { why: "unreachable", callback });
  const cookie = cookiesOf(response);
  const actor = cookie === "" ? null : await ctx.authenticate(new Headers({ cookie }));
  const { admission } = callback;
  if (!admission || "refused" in admission || actor?.kind !== "person" || actor.id !== admission.personId) {
    return refuse(ctx, singleSignOn, request, { why: reasonOf(callback, response), callback, response });
  }
  const hasFactor = callback.who?.hasSecondFactor === true;
  await recordSignIn(ctx, request, actor.id, {
    action: "session.sign-in",
    by: "single sign-on",
    ...(hasFactor ? { secondFactor: "provider" } : {}),
  });
  await endSessionBefore(ctx, request);
  const answer = redirect(pageOf(singleSignOn, response), response);
  answer.headers.append(
    "set-cookie",
    await keepProviderSession(singleSignOn, {
      sessionId: actor.sessionId,
      idToken: callback.idToken ?? null,
    }),
  );
  return withDevice(ctx, answer, actor.id);
}

/** The request with what a provider says, by the names of OAuth 2.0, and nothing else of its address. */
function asWritten(request: Request, { kind: { wayBack = {} } }: SingleSignOn): Request {
  const url = new URL(request.url);
  for (const [theirs, name] of Object.entries(wayBack)) {
    const value = url.searchParams.get(theirs);
    if (value !== null) url.searchParams.set(name, value);
  }
  const said = Object.entries(LONGEST).flatMap(([name, longest]) => {
    const value = url.searchParams.get(name);
    return value === null || value.length > longest ? [] : [[name, value]];
  });
  url.search = new URLSearchParams(said).toString();
  return new Request(url, { method: "GET", headers: request.headers });
}

/** What an administrator mends by joining a person to the subject. */
const TO_BE_JOINED: readonly SingleSignOnRefusal[] = ["unknown", "unverified"];

interface Refused {
  readonly why: SingleSignOnRefusal;
  readonly callback: Callback;
  readonly response?: Response;
}

async function refuse(
  ctx: AuthContext,
  singleSignOn: SingleSignOn,
  request: Request,
  { why, callback: { admission, who }, response }: Refused,
): Promise<Response> {
  const personId = admission?.personId ?? null;
  await ctx.refuse({
    subject: personId === null ? "unknown" : `person ${personId}`,
    address: clientAddress(request),
    reason: why,
    at: "single-sign-on",
  });
  const { kind } = singleSignOn;
  const page = pageOf(singleSignOn, response);
  page.searchParams.set("by", kind.id);
  page.searchParams.set("refused", why);
  const answer = redirect(page, null);
  if (kind.tellsSubject && who && TO_BE_JOINED.includes(why)) {
    answer.headers.append("set-cookie", await tellSubject(singleSignOn, who.subject));
  }
  return answer;
}

function reasonOf({ admission, fault }: Callback, response: Response): SingleSignOnRefusal {
  if (fault) return fault;
  // Somebody who was let in, and has no session: they were disabled at that very moment.
  if (admission) return "refused" in admission ? admission.refused : "disabled";
  const error = URL.parse(response.headers.get("location") ?? "", "http://here")?.searchParams.get("error");
  // WeCom sends whoever breaks off back without a code, and no error.
  if (error === "access_denied" || error === "no_code") return "cancelled";
  return error && EXPIRED.includes(error) ? "expired" : "failed";
}

/** Our sign-in page, with the way on that the browser came with, if it is known. */
function pageOf({ publicUrl }: SingleSignOn, response?: Response): URL {
  const page = new URL("/sign-in", publicUrl);
  const given = URL.parse(response?.headers.get("location") ?? "", publicUrl);
  const to =
    given?.origin === page.origin && given.pathname === "/sign-in" ? given.searchParams.get("to") : null;
  if (to !== null) page.searchParams.set("to", to);
  return page;
}

/** Relative: the browser stays under the address by which it came. */
function redirect({ pathname, search }: URL, from: Response | null): Response {
  const headers = new Headers({ location: `${pathname}${search}`, "cache-control": "no-store" });
  for (const cookie of from?.headers.getSetCookie() ?? []) headers.append("set-cookie", cookie);
  return new Response(null, { status: 302, headers });
}

const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((each) => each.split(";", 1)[0])
    .join("; ");
