import type { Runtime } from "../runtime.ts";

/** What the newest verification found; kept in the settings. */
export interface Verification {
  /** ISO 8601 */
  readonly at: string;
  /** Business date on which it ran: once a day. */
  readonly ranOn: string;
  readonly days: number;
  /** Figures that are not what the log gives. */
  readonly differences: number;
}

export async function readVerification({ pool }: Pick<Runtime, "pool">): Promise<Verification | null> {
  const { rows } = await pool.query<{ value: Verification }>(
    "SELECT value FROM setting WHERE key = 'verification'",
  );
  return rows[0]?.value ?? null;
}
