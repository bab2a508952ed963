import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { username } from "better-auth/plugins";
import type { PrismaClient } from "../../prisma/client/client.ts";

const SESSION_SECONDS = 12 * 3600;
const SHORTEST_PASSWORD = 10;

export interface AuthOptions {
  readonly db: PrismaClient;
  /** Signs the session cookies. */
  readonly secret: string;
  /** Where browsers reach the system, if it is configured; else the host of each request is trusted. */
  readonly publicUrl: string | undefined;
}

/**
 * better-auth: e-mail or user name and password, sessions in the database, sign-up closed. Rights are not its business:
 * it tells who somebody is, `can` tells what they may.
 */
export function createAuth({ db, secret, publicUrl }: AuthOptions) {
  return betterAuth({
    secret,
    ...(publicUrl ? { baseURL: publicUrl } : {}),
    trustedOrigins: (request) => (request ? [ownOrigin(request)] : []),
    database: prismaAdapter(db, { provider: "postgresql" }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: SHORTEST_PASSWORD },
    user: { additionalFields: { role: { type: "string", required: false, input: false } } },
    session: { expiresIn: SESSION_SECONDS, updateAge: 3600 },
    rateLimit: {
      enabled: true,
      storage: "database",
      window: 60,
      max: 300,
      customRules: { "/sign-in/*": { window: 60, max: 30 } },
    },
    advanced: {
      useSecureCookies: publicUrl?.startsWith("https:") ?? false,
      defaultCookieAttributes: { sameSite: "lax", httpOnly: true },
      database: { generateId: () => crypto.randomUUID() },
    },
    telemetry: { enabled: false },
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
