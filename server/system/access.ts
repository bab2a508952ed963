import { ApiKeys } from "../access/api-keys.ts";
import { createAuth } from "../access/auth.ts";
import { createAuthHandler } from "../access/auth-handler.ts";
import { createAuthenticate } from "../access/authenticate.ts";
import { DeviceCookies } from "../access/device-cookie.ts";
import { RefusedRights } from "../access/refused-rights.ts";
import { secondFactorRule } from "../access/second-factor/rule.ts";
import { SeenSessions } from "../access/seen-sessions.ts";
import { sessionSecret } from "../access/session-secret.ts";
import type { Context } from "../context.ts";
import type { Database } from "../db/database.ts";
import type { FieldCipher } from "../lib/field-cipher.ts";
import { openProviders } from "./open-providers.ts";
import type { StartOptions } from "./start-options.ts";

interface AccessNeeds {
  readonly database: Database;
  readonly cipher: FieldCipher;
  readonly settings: Context["settings"];
}

/** Who somebody is, and how they sign in. */
export function startAccess(
  { config, log, shutdown }: StartOptions,
  { database: { db, pool }, cipher, settings }: AccessNeeds,
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
  const providers = openProviders({ config, log }, { db, settings, secret });
  const authHandler = createAuthHandler({
    auth,
    authenticate,
    db,
    pool,
    devices,
    secret,
    rule,
    publicUrl,
    providers,
    log,
  });
  const refused = new RefusedRights(pool, log);
  shutdown.add("refusals", async () => {
    await Promise.all([authHandler.close(), refused.flush()]);
  });
  return { authenticate, authHandler, noteRefused: (each) => refused.note(each), seenSessions };
}
