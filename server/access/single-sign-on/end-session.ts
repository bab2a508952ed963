import { answerOf } from "../auth-answer.ts";
import type { Actor } from "../can.ts";
import { SESSION_SECONDS } from "../session-age.ts";
import { opened, type ProviderSession, type SingleSignOn, sealed } from "./single-sign-on.ts";

const COOKIE = "tidewatch.provider";
/** Browsers keep no longer ones, bytes of name and value. */
const LONGEST_COOKIE = 4_000;

/** The header by which a browser keeps, sealed, what the provider asks for at the sign-out. The database never has it. */
export async function keepProviderSession(
  singleSignOn: SingleSignOn,
  session: ProviderSession,
): Promise<string> {
  const whole = await sealed(singleSignOn, session);
  const value =
    whole.length + COOKIE.length < LONGEST_COOKIE
      ? whole
      : await sealed(singleSignOn, { ...session, idToken: null });
  return cookie(singleSignOn, value, SESSION_SECONDS);
}

/** The answer of a sign-out, with the provider's own address for it where the session began there and it has one: `url`. */
export async function withProviderSignOut(
  singleSignOn: SingleSignOn,
  request: Request,
  response: Response,
  actor: Actor | null,
): Promise<Response> {
  const value = valueIn(request.headers);
  if (value === null) return response;
  const kept = await opened(singleSignOn, value);
  const isOfSession = kept !== null && actor?.kind === "person" && actor.sessionId === kept.sessionId;
  const url = isOfSession ? await endSessionUrl(singleSignOn, kept) : null;
  const headers = new Headers(response.headers);
  headers.append("set-cookie", cookie(singleSignOn, "", 0));
  const answer = { ...(await answerOf(response)), ...(url ? { url } : {}) };
  return new Response(JSON.stringify(answer), { status: response.status, headers });
}

/** OpenID Connect RP-Initiated Logout; null: the provider has none, or cannot be asked. */
async function endSessionUrl(
  { discovery, settings, publicUrl }: SingleSignOn,
  { idToken }: ProviderSession,
): Promise<string | null> {
  const endpoint = (await discovery.read())?.endSession;
  if (!endpoint) return null;
  const url = new URL(endpoint);
  if (idToken !== null) url.searchParams.set("id_token_hint", idToken);
  url.searchParams.set("client_id", settings.OIDC_CLIENT_ID);
  url.searchParams.set("post_logout_redirect_uri", new URL("/sign-in", publicUrl).href);
  return url.href;
}

function valueIn(headers: Headers): string | null {
  const cookies = (headers.get("cookie") ?? "").split(";").map((each) => each.trim());
  return cookies.find((each) => each.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1) || null;
}

const cookie = ({ publicUrl }: SingleSignOn, value: string, seconds: number): string =>
  `${COOKIE}=${value}; Max-Age=${seconds}; Path=/api/auth; HttpOnly; SameSite=Lax${publicUrl.startsWith("https:") ? "; Secure" : ""}`;
