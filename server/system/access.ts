import { ApiKeys } from "../access/api-keys.ts";
import { createAuth } from "../access/auth.ts";
import { createAuthHandler } from "../access/auth-handler.ts";
import { createAuthenticate } from "../access/authenticate.ts";
import { DeviceCookies } from "../access/device-cookie.ts";
import { secondFactorRule } from "../access/second-factor/rule.ts";
import { sessionSecret } from "../access/session-secret.ts";
import type { Context } from "../context.ts";
import type { Database } from "../db/database.ts";
import type { FieldCipher } from "../lib/field-cipher.ts";
import type { StartOptions } from "./start-options.ts";

/** Who somebody is, and how they sign in. */
export function startAccess(
  { config, log, shutdown }: StartOptions,
  { database: { db, pool }, cipher }: { readonly database: Database; readonly cipher: FieldCipher },
): Pick<Context, "authenticate" | "authHandler"> {
  const isDemo = config.DEMO;
  const publicUrl = config.PUBLIC_URL;
  const rule = secondFactorRule(config);
  const secret = sessionSecret(cipher);
  const auth = createAuth({ db, secret, publicUrl, log, isDemo });
  const authenticate = createAuthenticate(auth, new ApiKeys(db, Date.now, isDemo), isDemo, rule);
  const devices = new DeviceCookies(cipher.derive("devices"), publicUrl?.startsWith("https:") ?? false);
  const authHandler = createAuthHandler({
    auth,
    authenticate,
    db,
    pool,
    devices,
    secret,
    rule,
    publicUrl,
    log,
  });
  shutdown.add("refusals", () => authHandler.close());
  return { authenticate, authHandler };
}
