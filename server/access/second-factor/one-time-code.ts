import { createHmac, timingSafeEqual } from "node:crypto";
import type pg from "pg";

/** Seconds that one code holds, and how many codes before and after the present one are taken: clocks differ (RFC 6238, 5.2). */
const STEP_SECONDS = 30;
const WINDOW = 1;
const DIGITS = 6;

/** The code of one step (RFC 4226, with SHA-1, as every authenticator app computes it). */
function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac("sha1", secret).update(counter).digest();
  const number = digest.readUInt32BE((digest.at(-1) ?? 0) & 15) & 0x7fff_ffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, "0");
}

/**
 * The step of which this is the code; null: of none that is taken now.
 * @param now ms
 */
export function stepOf(secret: string, code: string, now: number): number | null {
  const present = Math.floor(now / 1_000 / STEP_SECONDS);
  const given = Buffer.from(code);
  let found: number | null = null;
  for (let step = Math.max(0, present - WINDOW); step <= present + WINDOW; step++) {
    const right = Buffer.from(codeAt(secret, step));
    if (given.length === right.length && timingSafeEqual(given, right)) found = step;
  }
  return found;
}

/**
 * Spends a step of a person's codes: of all who come with its code, in all processes, one is let through, and nobody after that
 * with it or an earlier one.
 * @returns whether it was still good
 */
export async function spendStep(
  pool: Pick<pg.Pool, "query">,
  personId: string,
  step: number,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE two_factor SET "lastUsedStep" = $2
     WHERE "userId" = $1 AND ("lastUsedStep" IS NULL OR "lastUsedStep" < $2)`,
    [personId, step],
  );
  return rowCount === 1;
}
