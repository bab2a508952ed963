import type { PrismaClient } from "#prisma/client/client.ts";

/** better-auth's names: of the cookie between password and code, and of the row that it points at. */
const COOKIE = "two_factor";
const PREFIX = "2fa-";
const ATTEMPTS = "2fa-attempts-";

/** Somebody whose password was right, and who owes a code. */
export interface Challenge {
  readonly personId: string;
  /** When the password was right. */
  readonly since: Date;
}

/**
 * The sign-in that waits for its code in this browser; null: there is none, or it waited too long. Whether the cookie is genuine
 * is better-auth's to say.
 */
export async function findChallenge(
  db: Pick<PrismaClient, "verification">,
  headers: Headers,
): Promise<Challenge | null> {
  const identifier = identifierIn(cookieOf(headers));
  if (identifier === null) return null;
  const row = await db.verification.findFirst({
    where: { identifier, expiresAt: { gt: new Date() } },
    orderBy: { createdAt: "desc" },
  });
  return row && { personId: row.value, since: row.createdAt };
}

/** The same request with the cookie of the sign-in that waits alone: no session of before speaks for it. */
export function withChallengeAlone(request: Request): Request {
  const headers = new Headers(request.headers);
  headers.set("cookie", cookieOf(request.headers) ?? "");
  return new Request(request.url, { method: "POST", headers });
}

/** No sign-in of this person that waits for its code goes on. In the caller's transaction, if there is one. */
export async function endChallenges(db: Pick<PrismaClient, "verification">, personId: string): Promise<void> {
  await db.verification.deleteMany({ where: { value: personId, identifier: { startsWith: PREFIX } } });
}

/**
 * Whether a password has been replaced, or the second factor taken away, since a sign-in with it: whoever does so ends the sign-ins
 * that wait, and one of them may be about to go on.
 */
export async function isOvertaken(
  db: Pick<PrismaClient, "user">,
  { personId, since }: Challenge,
): Promise<boolean> {
  const person = await db.user.findUnique({
    where: { id: personId },
    select: {
      twoFactorEnabled: true,
      accounts: { where: { providerId: "credential", updatedAt: { gt: since } }, select: { id: true } },
    },
  });
  return person === null || !person.twoFactorEnabled || person.accounts.length > 0;
}

/** `name=value`, as it was sent. */
function cookieOf(headers: Headers): string | null {
  const cookies = (headers.get("cookie") ?? "").split(";").map((each) => each.trim());
  return cookies.find((each) => each.slice(0, each.indexOf("=")).endsWith(`.${COOKIE}`)) ?? null;
}

/** What stands before the signature. */
function identifierIn(cookie: string | null): string | null {
  const value = cookie?.slice(cookie.indexOf("=") + 1) ?? "";
  const identifier = value.slice(0, Math.max(0, value.lastIndexOf(".")));
  return /^2fa-[\w-]{10,64}$/.test(identifier) && !identifier.startsWith(ATTEMPTS) ? identifier : null;
}
