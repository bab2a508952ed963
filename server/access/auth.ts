import { prismaAdapter } from "better-auth/adapters/prisma";
import { betterAuth } from "better-auth/minimal";
import { genericOAuth } from "better-auth/plugins/generic-oauth";
import { twoFactor } from "better-auth/plugins/two-factor";
import { username } from "better-auth/plugins/username";
import type { PrismaClient } from "#prisma/client/client.ts";
import type { Log } from "../lib/log.ts";
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from "../lib/password-form.ts";
import { ownOrigin } from "./client-address.ts";
import { hashPassword } from "./password-hash.ts";
import { refuseSession } from "./refuse-session.ts";
import { verifyAndRenew } from "./rehash.ts";
import { secondFactorOfNewSession } from "./second-factor/of-new-session.ts";
import { makeRecoveryCodes } from "./second-factor/recovery-codes.ts";
import { SESSION_SECONDS } from "./session-age.ts";
import { currentCallback } from "./single-sign-on/admission.ts";
import { oauthConfigOf, type ProviderOptions } from "./single-sign-on/oauth-config.ts";

/** UTF-16 units that better-auth lets through: characters are counted by our own rules. */
const LONGEST_UNITS = LONGEST_PASSWORD * 8;

/** How authenticator apps name what the codes are for. */
const ISSUER = "Tidewatch";

export interface AuthOptions {
  readonly db: PrismaClient;
  /** Signs the session cookies. */
  readonly secret: string;
  /** Where browsers reach the system, if it is configured; else the host of each request is trusted. */
  readonly publicUrl: string | undefined;
  readonly log: Log;
  /** This process runs a demo: its people may sign in. */
  readonly isDemo?: boolean;
  /** The provider by which people sign in; unset: there is none for this instance. */
  readonly provider?: ProviderOptions;
}

/**
 * better-auth: e-mail or user name and password, codes as a second factor, the provider of single sign-on, sessions in the database, sign-up closed. Rights are not its business:
 * it tells who somebody is, `can` tells what they may.
 */
export function createAuth({ db, secret, publicUrl, log, isDemo = false, provider }: AuthOptions) {
  return betterAuth({
    secret,
    ...(publicUrl ? { baseURL: publicUrl } : {}),
    trustedOrigins: (request) => [publicUrl ?? (request && ownOrigin(request.headers)) ?? null],
    database: prismaAdapter(db, { provider: "postgresql" }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_UNITS,
      password: { hash: hashPassword, verify: verifyAndRenew(db, log) },
    },
    account: {
      // What signs people in elsewhere is kept nowhere: neither the provider's tokens nor, between going there and coming back, a row.
      updateAccountOnSignIn: false,
      storeStateStrategy: "cookie",
      accountLinking: { enabled: false },
    },
    user: {
      additionalFields: {
        role: { type: "string", required: false, input: false },
        disabledAt: { type: "date", required: false, input: false },
        segments: { type: "string[]", required: false, input: false },
      },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (_session, making) => ({
            data: secondFactorOfNewSession(making, new Date(), currentCallback()),
          }),
          after: (session, signIn) => refuseSession(db, isDemo, session, signIn),
        },
      },
    },
    session: {
      // No request makes a session longer.
      expiresIn: SESSION_SECONDS,
      disableSessionRefresh: true,
      additionalFields: { secondFactorAt: { type: "date", required: false, input: false } },
    },
    // guessing.ts counts: by account, by browser and by address.
    rateLimit: { enabled: false },
    advanced: {
      // Said aloud, for its default depends on the environment.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      useSecureCookies: publicUrl?.startsWith("https:") ?? false,
      defaultCookieAttributes: { sameSite: "lax", httpOnly: true },
      // Holds one address, the one that was decided at the door.
      ipAddress: { ipAddressHeaders: ["x-forwarded-for"] },
      database: { generateId: () => crypto.randomUUID() },
    },
    telemetry: { enabled: false },
    // Its further arguments can hold addresses of people.
    logger: { level: "error", log: (_level, message) => log.error({ from: "sign-in" }, message) },
    plugins: [
      username({ minUsernameLength: 2 }),
      genericOAuth({ config: provider ? [oauthConfigOf(provider)] : [] }),
      twoFactor({
        issuer: ISSUER,
        backupCodeOptions: { customBackupCodesGenerate: makeRecoveryCodes, storeBackupCodes: "encrypted" },
        // with-password.ts asks those without one for a fresh sign-in.
        allowPasswordless: true,
        // guessing.ts counts codes as well: by browser, so that who guesses holds up nobody else.
        accountLockout: { enabled: false },
      }),
    ],
  });
}

export type Auth = ReturnType<typeof createAuth>;
