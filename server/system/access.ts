import { ApiKeys } from "../access/api-keys.ts";
import { createAuth } from "../access/auth.ts";
import { createAuthHandler } from "../access/auth-handler.ts";
import { createAuthenticate } from "../access/authenticate.ts";
import { DeviceCookies } from "../access/device-cookie.ts";
import { RefusedRights } from "../access/refused-rights.ts";
import { secondFactorRule } from "../access/second-factor/rule.ts";
import { SeenSessions } from "../access/seen-sessions.ts";
import { sessionSecret } from "../access/session-secret.ts";
import { Discovery } from "../access/single-sign-on/discovery.ts";
import type { SingleSignOn } from "../access/single-sign-on/single-sign-on.ts";
import { singleSignOnOf } from "../config/single-sign-on.ts";
import type { Context } from "../context.ts";
import type { Database } from "../db/database.ts";
import type { FieldCipher } from "../lib/field-cipher.ts";
import { createAdmit } from "../people/single-sign-on/admit.ts";
import type { StartOptions } from "./start-options.ts";

/** Who somebody is, and how they sign in. */
export function startAccess(
  { config, log, shutdown }: StartOptions,
  { database: { db, pool }, cipher }: { readonly database: Database; readonly cipher: FieldCipher },
): Pick<Context, "authenticate" | "authHandler" | "noteRefused"> & { readonly seenSessions: SeenSessions } {
  const isDemo = config.DEMO;
  const publicUrl = config.PUBLIC_URL;
  const rule = secondFactorRule(config);
  const secret = sessionSecret(cipher);
  const auth = createAuth({ db, secret, publicUrl, log, isDemo });
  const seenSessions = new SeenSessions(pool, Date.now);
  const keys = new ApiKeys(db, Date.now, isDemo);
  const seen = (id: string) => seenSessions.note([id]);
  const authenticate = createAuthenticate(auth, keys, {
    isDemo,
    rule,
    personalExport: config.PERSONAL_EXPORT,
    seen,
  });
  const devices = new DeviceCookies(cipher.derive("devices"), publicUrl?.startsWith("https:") ?? false);
  const singleSignOn = openSingleSignOn({ config, log }, { db, secret });
  const authHandler = createAuthHandler({
    auth,
    authenticate,
    db,
    pool,
    devices,
    secret,
    rule,
    publicUrl,
    singleSignOn,
    log,
  });
  const refused = new RefusedRights(pool, log);
  shutdown.add("refusals", async () => {
    await Promise.all([authHandler.close(), refused.flush()]);
  });
  return { authenticate, authHandler, noteRefused: (each) => refused.note(each), seenSessions };
}

/** undefined: it is not configured. */
function openSingleSignOn(
  { config, log }: Pick<StartOptions, "config" | "log">,
  { db, secret }: { readonly db: Database["db"]; readonly secret: string },
): SingleSignOn | undefined {
  const settings = singleSignOnOf(config);
  const { PUBLIC_URL: publicUrl, DEMO: isDemo } = config;
  if (!settings || publicUrl === undefined) return undefined;
  const discovery = new Discovery(settings.OIDC_ISSUER, log, Date.now);
  const admit = createAdmit({ db, settings, rule: secondFactorRule(config), isDemo, now: Date.now });
  const auth = createAuth({ db, secret, publicUrl, log, isDemo, provider: { settings, discovery, admit } });
  return { auth, settings, discovery, publicUrl, secret };
}
