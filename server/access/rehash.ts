import type { PrismaClient } from "#prisma/client/client.ts";
import type { Log } from "../lib/log.ts";
import { hashPassword, isOutdated, verifyPassword } from "./password-hash.ts";

/**
 * Verifies a password, and stores one that is right anew when it was hashed at an earlier cost: only now is it known. A hash
 * that has been replaced meanwhile stays as it is, and the time of the password's last change is not touched.
 */
export function verifyAndRenew(
  db: Pick<PrismaClient, "$executeRaw">,
  log: Log,
): (given: { readonly hash: string; readonly password: string }) => Promise<boolean> {
  return async (given) => {
    if (!(await verifyPassword(given))) return false;
    if (isOutdated(given.hash)) {
      await renew(db, given).catch((error: unknown) =>
        log.warn(
          { err: error },
          "a password could not be hashed at today's cost; the next sign-in tries again",
        ),
      );
    }
    return true;
  };
}

async function renew(
  db: Pick<PrismaClient, "$executeRaw">,
  { hash, password }: { readonly hash: string; readonly password: string },
): Promise<void> {
  const renewed = await hashPassword(password);
  await db.$executeRaw`UPDATE account SET password = ${renewed} WHERE password = ${hash}`;
}
