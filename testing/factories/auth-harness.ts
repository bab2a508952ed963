import { ApiKeys } from "#server/access/api-keys.ts";
import { createAuth } from "#server/access/auth.ts";
import { type AuthHandler, createAuthHandler } from "#server/access/auth-handler.ts";
import { createAuthenticate } from "#server/access/authenticate.ts";
import { DeviceCookies } from "#server/access/device-cookie.ts";
import type { Database } from "#server/db/database.ts";
import { createLog, type Log } from "#server/lib/log.ts";

export const TEST_ORIGIN = "http://tidewatch.test";
const SECRET = "secret of the tests of signing in";

/** Headers of one request beside those that every browser sends. */
export type Said = Readonly<Record<string, string>>;

/** The routes of signing in as the product has them, without a server around them. */
export interface AuthHarness {
  readonly handler: AuthHandler;
  /** Sends a body to a route, as one of our own pages does. */
  readonly call: (path: string, body: object, said?: Said) => Promise<Response>;
  readonly authenticate: ReturnType<typeof createAuthenticate>;
}

/** @param answer stands in for better-auth: where hashing would only take time */
export function openAuthHarness(
  { db, pool }: Database,
  { log = createLog("silent"), answer }: { log?: Log; answer?: () => Promise<Response> } = {},
): AuthHarness {
  const auth = createAuth({ db, secret: SECRET, publicUrl: undefined, log });
  const authenticate = createAuthenticate(auth, new ApiKeys(db, Date.now));
  const devices = new DeviceCookies(SECRET, false);
  const asked = answer ? { handler: answer } : auth;
  const handler = createAuthHandler({
    auth: asked,
    authenticate,
    db,
    pool,
    devices,
    secret: SECRET,
    rule: "none",
    log,
  });
  const call = (path: string, body: object, said: Said = {}) => {
    const headers = { "content-type": "application/json", host: "tidewatch.test", origin: TEST_ORIGIN };
    return handler(
      new Request(`${TEST_ORIGIN}/api/auth${path}`, {
        method: "POST",
        headers: { ...headers, "x-forwarded-for": "203.0.113.1", ...said },
        body: JSON.stringify(body),
      }),
    );
  };
  return { handler, call, authenticate };
}

/** The cookies that an answer sets, as a browser sends them back. */
export const cookiesIn = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");
