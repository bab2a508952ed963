import { cookieIn, dropCookie, keepCookie, openedCookie } from "./sealed-cookie.ts";
import type { SingleSignOn } from "./single-sign-on.ts";

/** As long as a sign-in may be under way. */
const COOKIE = { name: "tidewatch.invitation", path: "/api/auth", seconds: 600 } as const;

interface Kept {
  readonly token: string;
}

/** The headers by which a browser keeps the invitation that it goes to the provider with, or forgets one of before. */
export async function keepInvitation(
  singleSignOn: SingleSignOn,
  request: Request,
  token: string | undefined,
): Promise<readonly string[]> {
  if (token !== undefined) return [await keepCookie(singleSignOn, COOKIE, { token } satisfies Kept)];
  return dropInvitation(singleSignOn, request);
}

export const dropInvitation = (singleSignOn: SingleSignOn, { headers }: Request): readonly string[] =>
  cookieIn(headers, COOKIE) === null ? [] : [dropCookie(singleSignOn, COOKIE)];

/** The token of the invitation that a browser comes back with; null: it came by none. */
export async function invitationOf(singleSignOn: SingleSignOn, { headers }: Request): Promise<string | null> {
  return (await openedCookie<Kept>(singleSignOn, headers, COOKIE))?.token ?? null;
}
