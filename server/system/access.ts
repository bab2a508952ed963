import { ApiKeys } from "../access/api-keys.ts";
import { createAuth } from "../access/auth.ts";
import { createAuthHandler } from "../access/auth-handler.ts";
import { createAuthenticate } from "../access/authenticate.ts";
import { DeviceCookies } from "../access/device-cookie.ts";
import type { Vault } from "../lib/vault.ts";
import type { Runtime } from "../runtime.ts";
import type { Database } from "../store/database.ts";
import type { StartOptions } from "./start-options.ts";

/** Who somebody is, and how they sign in. */
export function startAccess(
  { config, log, shutdown }: StartOptions,
  { database: { db, pool }, vault }: { readonly database: Database; readonly vault: Vault },
): Pick<Runtime, "authenticate" | "authHandler"> {
  const isDemo = config.DEMO;
  const publicUrl = config.PUBLIC_URL;
  const auth = createAuth({ db, secret: vault.derive("sessions"), publicUrl, log, isDemo });
  const authenticate = createAuthenticate(auth, new ApiKeys(db, Date.now, isDemo), isDemo);
  const devices = new DeviceCookies(vault.derive("devices"), publicUrl?.startsWith("https:") ?? false);
  const authHandler = createAuthHandler({ auth, authenticate, db, pool, devices, publicUrl, log });
  shutdown.add("refusals", () => authHandler.close());
  return { authenticate, authHandler };
}
