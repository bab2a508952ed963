import type pg from "pg";

/** Rows a statement: short transactions beside the writer's. */
const CHUNK = 5_000;

/**
 * Deletes what imports from before `cutoff` did row by row; their entries stay in the log, with their counts. An entry is marked
 * before its rows go, so an undo finds all of them or none.
 * @returns how many rows
 */
export async function pruneImportRows(pool: pg.Pool, cutoff: Date): Promise<number> {
  await pool.query("UPDATE key_user_import SET has_rows = false WHERE at < $1 AND has_rows", [cutoff]);
  let total = 0;
  for (;;) {
    const { rowCount } = await pool.query(
      `DELETE FROM key_user_import_row r USING (
         SELECT d.import_id, d.user_id FROM key_user_import_row d JOIN key_user_import i ON i.id = d.import_id
         WHERE NOT i.has_rows LIMIT ${CHUNK}) gone
       WHERE r.import_id = gone.import_id AND r.user_id = gone.user_id`,
    );
    total += rowCount ?? 0;
    if ((rowCount ?? 0) < CHUNK) return total;
  }
}
