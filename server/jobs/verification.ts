import type { Context } from "../context.ts";

/** Of a verification from before days were chosen by what has changed. */
const UNKNOWN = { wrong: [], position: 0 };

/** What the newest verification found; kept in the settings. */
export interface Verification {
  /** ISO 8601 */
  readonly at: string;
  /** Business date on which it ran: once a day. */
  readonly ranOn: string;
  readonly days: number;
  /** Figures that are not what the log gives. */
  readonly differences: number;
  /** Business dates that have some; verified anew each night until they have none. */
  readonly wrong: readonly string[];
  /** Commit position up to which figures have been verified. */
  readonly position: number;
}

export async function readVerification({ pool }: Pick<Context, "pool">): Promise<Verification | null> {
  const { rows } = await pool.query<{ value: Verification }>(
    "SELECT value FROM setting WHERE key = 'verification'",
  );
  return rows[0] ? { ...UNKNOWN, ...rows[0].value } : null;
}
