import type { Context } from "../context.ts";

/** What is kept of a daily job's newest run. */
export type LastRun<O extends object = object> = O & {
  /** ISO 8601 */
  readonly at: string;
  /** Business date on which it ran: once a day. */
  readonly ranOn: string;
};

type Needs = Pick<Context, "pool">;

const settingOf = (job: string): string => `job ${job}`;

/** null: it never ran. @param job its name */
export async function lastRun<O extends object>({ pool }: Needs, job: string): Promise<LastRun<O> | null> {
  const { rows } = await pool.query<{ value: LastRun<O> }>("SELECT value FROM setting WHERE key = $1", [
    settingOf(job),
  ]);
  return rows[0]?.value ?? null;
}

export async function keepRun({ pool }: Needs, job: string, run: LastRun): Promise<void> {
  await pool.query(
    "INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    [settingOf(job), JSON.stringify(run)],
  );
}
