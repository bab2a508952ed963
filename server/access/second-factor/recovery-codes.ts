import { randomInt } from "node:crypto";
import { symmetricDecrypt } from "better-auth/crypto";
import type { PrismaClient } from "#prisma/client/client.ts";

export const RECOVERY_CODES = 10;
/** Small letters and digits that nobody takes for one another on paper. */
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
const HALF = 5;

/** New codes, such as `k7mpx-4tq9w`: nearly 50 bits each. */
export function makeRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => `${half()}-${half()}`);
}

const half = (): string => Array.from({ length: HALF }, () => LETTERS[randomInt(LETTERS.length)]).join("");

/** A code as it was made, however somebody typed it off their paper. */
export function asRecoveryCode(typed: string): string {
  const plain = typed.toLowerCase().replace(/[^a-z0-9]/g, "");
  return `${plain.slice(0, HALF)}-${plain.slice(HALF)}`;
}

/**
 * How many of a person's recovery codes have not been used; null: they have no second factor.
 * @param secret with which better-auth sealed them
 */
export async function recoveryCodesLeft(
  db: Pick<PrismaClient, "twoFactor">,
  secret: string,
  personId: string,
): Promise<number | null> {
  const factor = await db.twoFactor.findUnique({ where: { userId: personId } });
  if (!factor?.verified) return null;
  const codes: unknown = JSON.parse(await symmetricDecrypt({ key: secret, data: factor.backupCodes }));
  return Array.isArray(codes) ? codes.length : 0;
}
