import { APIError } from "better-auth/api";
import type { PrismaClient } from "#prisma/client/client.ts";
import { isInForce } from "./in-force.ts";

/** A sign-in under way may have read a password that has been replaced since; none takes this long, ms. */
const FRESH_MS = 10 * 60_000;

/** What better-auth tells of the request in which it makes a session. */
interface SignIn {
  readonly path?: string | undefined;
  readonly body?: unknown;
  readonly context?: {
    readonly password: { verify(given: { hash: string; password: string }): Promise<boolean> };
  };
}

/** better-auth's answers to a wrong password. */
const ANSWERS: Readonly<Record<string, { readonly code: string; readonly message: string }>> = {
  "/sign-in/username": { code: "INVALID_USERNAME_OR_PASSWORD", message: "Invalid username or password" },
  "/sign-in/email": { code: "INVALID_EMAIL_OR_PASSWORD", message: "Invalid email or password" },
};

/**
 * Takes a session back that was just made for somebody who is not in force, or by a password that was replaced while it was
 * being checked. Whoever disables a person or replaces a password locks the person's row: a session is either there before, and
 * ended with the others, or made after, and then this sees the change. The password has been checked by now, so answer and
 * time are those of a wrong one. A session that stays is noted as the person's last sign-in.
 * @throws {APIError} 401, as for a wrong password
 */
export async function refuseSession(
  db: PrismaClient,
  isDemo: boolean,
  session: { readonly id: string; readonly userId: string },
  signIn: SignIn | null,
): Promise<void> {
  const person = await db.user.findUnique({
    where: { id: session.userId },
    select: {
      email: true,
      disabledAt: true,
      accounts: { where: { providerId: "credential" }, select: { password: true, updatedAt: true } },
    },
  });
  if (person && isInForce(person, isDemo) && (await isByPresentPassword(person.accounts[0], signIn))) {
    await db.user.updateMany({ where: { id: session.userId }, data: { lastSignInAt: new Date() } });
    return;
  }
  await db.session.deleteMany({ where: { id: session.id } });
  const answer = ANSWERS[signIn?.path ?? ""] ?? { code: "UNAUTHORIZED", message: "Unauthorized" };
  throw new APIError("UNAUTHORIZED", answer);
}

async function isByPresentPassword(
  account: { readonly password: string | null; readonly updatedAt: Date } | undefined,
  signIn: SignIn | null,
): Promise<boolean> {
  if (!signIn?.context || ANSWERS[signIn.path ?? ""] === undefined) return true;
  // It counted when it was read, and was taken away since.
  if (!account?.password) return false;
  if (account.updatedAt.getTime() < Date.now() - FRESH_MS) return true;
  const { password } = signIn.body as { password: string };
  return signIn.context.password.verify({ hash: account.password, password });
}
