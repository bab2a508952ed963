import type { Config } from "../config/config.ts";
import type { Database } from "../db/database.ts";

const PATIENCE_MS = 2_000;

/** Whether a Tidewatch answers on this machine's configured port. */
export function isServing(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(PATIENCE_MS) }).then(
    async (response) => response.ok && (await response.text()).includes('"status"'),
    () => false,
  );
}

/** Address of the server that runs on this very database; null: none does, so this process may write by itself. */
export async function runningServer(
  { PORT }: Pick<Config, "PORT">,
  { pool }: Pick<Database, "pool">,
): Promise<string | null> {
  if (!(await isServing(PORT))) return null;
  const { rows } = await pool.query("SELECT 1 FROM lease WHERE expires_at > now()");
  return rows.length > 0 ? `http://127.0.0.1:${PORT}` : null;
}
