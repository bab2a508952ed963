import type pg from "pg";

/** Identity of the database's history: made once; a restored backup gets a new one, so that no reader mixes the two. */
export async function databaseEpoch(pool: pg.Pool): Promise<string> {
  await pool.query(
    "INSERT INTO setting (key, value) VALUES ('epoch', to_jsonb($1::text)) ON CONFLICT (key) DO NOTHING",
    [crypto.randomUUID()],
  );
  const { rows } = await pool.query<{ value: string }>("SELECT value FROM setting WHERE key = 'epoch'");
  return String(rows[0]?.value);
}
