import type { ProviderId } from "#server/contracts/single-sign-on.ts";
import { NotFound, Unavailable } from "#server/lib/errors.ts";
import { answerOf } from "../auth-answer.ts";
import type { AuthContext } from "../auth-context.ts";
import { withBody } from "../auth-request.ts";
import { keepInvitation } from "./invited.ts";
import type { SingleSignOn } from "./single-sign-on.ts";

/** Of our page with the way on, twice in a sealed cookie, of which browsers keep 4 KB. */
const LONGEST_PAGE = 600;

interface Begun {
  readonly provider: ProviderId;
  /** Path of ours to go on with. */
  readonly to: string;
  /** Token of the invitation that is accepted by it. */
  readonly invitation?: string | undefined;
}

/**
 * Begins a sign-in at a provider: answers its address, to which the browser goes, and has the browser keep state, nonce and the PKCE
 * verifier, sealed. It comes back to the sign-in page, which alone decides where to go on: only to screens of ours.
 * @throws {NotFound} the provider is not configured
 * @throws {Unavailable} the provider does not answer
 */
export async function beginSingleSignOn(
  { providers, askProvider }: AuthContext,
  request: Request,
  { provider, to, invitation }: Begun,
): Promise<Response> {
  const singleSignOn = providers?.get(provider);
  if (!singleSignOn) throw new NotFound("There is no such address.");
  const { kind } = singleSignOn;
  const page = pageWith(singleSignOn, to);
  const asked = { provider, callbackURL: page.href, errorCallbackURL: page.href, disableRedirect: true };
  const response = await askProvider(singleSignOn, withBody(request, asked));
  const { url } = await answerOf(response);
  if (!response.ok || typeof url !== "string") {
    throw new Unavailable(`${kind.called} cannot be reached; try again in a moment.`);
  }
  const headers = new Headers(response.headers);
  for (const each of await keepInvitation(singleSignOn, request, invitation))
    headers.append("set-cookie", each);
  const address = kind.signInUrl ? kind.signInUrl(new URL(url)).href : url;
  return new Response(JSON.stringify({ url: address }), { headers });
}

/** The sign-in page with the way on; one that is too long is left out. */
function pageWith({ publicUrl }: SingleSignOn, to: string): URL {
  const page = new URL("/sign-in", publicUrl);
  const whole = new URL(page);
  whole.searchParams.set("to", to);
  return to === "/" || whole.href.length > LONGEST_PAGE ? page : whole;
}
