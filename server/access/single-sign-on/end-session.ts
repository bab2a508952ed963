import type { ProviderId } from "#server/contracts/single-sign-on.ts";
import { answerOf } from "../auth-answer.ts";
import type { Actor } from "../can.ts";
import { SESSION_SECONDS } from "../session-age.ts";
import { cookieHeader, cookieIn, dropCookie, openedCookie } from "./sealed-cookie.ts";
import { type Providers, type SingleSignOn, sealed } from "./single-sign-on.ts";

const COOKIE = { name: "tidewatch.provider", path: "/api/auth", seconds: SESSION_SECONDS } as const;
/** Browsers keep no longer ones, bytes of name and value. */
const LONGEST_COOKIE = 4_000;

/** What a browser keeps of a session that began at a provider. */
interface ProviderSession {
  readonly sessionId: string;
  readonly provider: ProviderId;
  /** Tells the provider whose session ends; null: it was too long for a cookie, or there was none. */
  readonly idToken: string | null;
}

/** The header by which a browser keeps, sealed, what the provider asks for at the sign-out. The database never has it. */
export async function keepProviderSession(
  singleSignOn: SingleSignOn,
  session: Omit<ProviderSession, "provider">,
): Promise<string> {
  const kept: ProviderSession = { ...session, provider: singleSignOn.kind.id };
  const whole = await sealed(singleSignOn, kept);
  const value =
    whole.length + COOKIE.name.length < LONGEST_COOKIE
      ? whole
      : await sealed(singleSignOn, { ...kept, idToken: null });
  return cookieHeader(singleSignOn, COOKIE, value);
}

/** The answer of a sign-out, with the provider's own address for it where the session began there and it has one: `url`. */
export async function withProviderSignOut(
  providers: Providers,
  request: Request,
  response: Response,
  actor: Actor | null,
): Promise<Response> {
  const [any] = providers.values();
  if (!any || cookieIn(request.headers, COOKIE) === null) return response;
  const kept = await openedCookie<ProviderSession>(any, request.headers, COOKIE);
  const isOfSession = kept !== null && actor?.kind === "person" && actor.sessionId === kept.sessionId;
  const endSessionUrl = isOfSession ? providers.get(kept.provider)?.kind.endSessionUrl : undefined;
  const url = kept && endSessionUrl ? await endSessionUrl(kept.idToken) : null;
  const headers = new Headers(response.headers);
  headers.append("set-cookie", dropCookie(any, COOKIE));
  const answer = { ...(await answerOf(response)), ...(url ? { url } : {}) };
  return new Response(JSON.stringify(answer), { status: response.status, headers });
}
