import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { username } from "better-auth/plugins";
import type { PrismaClient } from "../../prisma/client/client.ts";
import type { Log } from "../lib/log.ts";
import { refuseSession } from "./refuse-session.ts";

const SESSION_SECONDS = 12 * 3600;
const SHORTEST_PASSWORD = 10;

export interface AuthOptions {
  readonly db: PrismaClient;
  /** Signs the session cookies. */
  readonly secret: string;
  /** Where browsers reach the system, if it is configured; else the host of each request is trusted. */
  readonly publicUrl: string | undefined;
  readonly log: Log;
  /** This process runs a demo: its people may sign in. */
  readonly isDemo?: boolean;
}

/**
 * better-auth: e-mail or user name and password, sessions in the database, sign-up closed. Rights are not its business:
 * it tells who somebody is, `can` tells what they may.
 */
export function createAuth({ db, secret, publicUrl, log, isDemo = false }: AuthOptions) {
  return betterAuth({
    secret,
    ...(publicUrl ? { baseURL: publicUrl } : {}),
    trustedOrigins: (request) => (request ? [ownOrigin(request)] : []),
    database: prismaAdapter(db, { provider: "postgresql" }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: SHORTEST_PASSWORD },
    user: {
      additionalFields: {
        role: { type: "string", required: false, input: false },
        disabledAt: { type: "date", required: false, input: false },
      },
    },
    databaseHooks: {
      session: { create: { after: (session, signIn) => refuseSession(db, isDemo, session, signIn) } },
    },
    session: { expiresIn: SESSION_SECONDS, updateAge: 3600 },
    rateLimit: {
      enabled: true,
      storage: "database",
      window: 60,
      max: 300,
      customRules: { "/sign-in/*": { window: 60, max: 30 } },
    },
    advanced: {
      // Said aloud, for its default depends on the environment.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      useSecureCookies: publicUrl?.startsWith("https:") ?? false,
      defaultCookieAttributes: { sameSite: "lax", httpOnly: true },
      database: { generateId: () => crypto.randomUUID() },
    },
    telemetry: { enabled: false },
    // Its further arguments can hold addresses of people.
    logger: { level: "error", log: (_level, message) => log.error({ from: "sign-in" }, message) },
    plugins: [username({ minUsernameLength: 2 })],
  });
}

export type Auth = ReturnType<typeof createAuth>;

/** Behind a proxy, the host and scheme that the browser used. */
function ownOrigin(request: Request): string {
  const { headers } = request;
  const host = headers.get("x-forwarded-host") ?? headers.get("host") ?? "localhost";
  return `${headers.get("x-forwarded-proto") ?? "http"}://${host}`;
}
