import type { ProviderId } from "#server/contracts/single-sign-on.ts";
import { keepCookie, openedCookie } from "./sealed-cookie.ts";
import type { SingleSignOn } from "./single-sign-on.ts";

/** As long as somebody reads it to an administrator. */
const COOKIE = { name: "tidewatch.subject", path: "/sign-in", seconds: 600 } as const;

/** Whom the provider named, and nobody knew here. */
export interface ToldSubject {
  readonly provider: ProviderId;
  readonly subject: string;
}

/**
 * The header by which the sign-in page can tell somebody under which id the provider knows them. It is sealed and no part of the address:
 * a link that names somebody else's id would have that one joined.
 */
export const tellSubject = (singleSignOn: SingleSignOn, subject: string): Promise<string> =>
  keepCookie(singleSignOn, COOKIE, { provider: singleSignOn.kind.id, subject } satisfies ToldSubject);

/** null: none is to be told. */
export const toldSubject = (secret: string, headers: Headers): Promise<ToldSubject | null> =>
  openedCookie<ToldSubject>({ secret }, headers, COOKIE);
