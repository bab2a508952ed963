import type pg from "pg";
import { openClient } from "./connections.ts";
import { readMigrations } from "./migrations.ts";

/** Holds what the migrations make, for the length of a transaction that is rolled back. */
const COMPARED = "tidewatch_compared";

/** What a schema holds, a line each, by the names within it. Partitions come and go with the months. */
const PARTS = `WITH relation AS (
    SELECT c.oid, c.relname, c.relkind FROM pg_class c
    WHERE relnamespace = current_schema()::regnamespace AND NOT relispartition AND relname NOT LIKE '\\_prisma\\_migrations%')
  SELECT format('column %s.%s %s%s %s', relname, attname, format_type(atttypid, atttypmod),
      CASE WHEN attnotnull THEN ' not null' END, pg_get_expr(adbin, adrelid)) AS part
    FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
    WHERE relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped
  UNION ALL SELECT format('constraint %s %s %s', relname, conname, pg_get_constraintdef(k.oid))
    FROM relation r JOIN pg_constraint k ON k.conrelid = r.oid WHERE contype <> 'n'
  UNION ALL SELECT replace(pg_get_indexdef(oid), current_schema() || '.', '') FROM relation WHERE relkind IN ('i', 'I')
  UNION ALL SELECT format('view %s %s', relname, pg_get_viewdef(oid)) FROM relation WHERE relkind = 'v'
  UNION ALL SELECT format('trigger %s.%s%s', relname, tgname, CASE WHEN tgenabled <> 'O' THEN ' (not as it was made)' END)
    FROM relation r JOIN pg_trigger t ON t.tgrelid = r.oid WHERE NOT tgisinternal`;

/**
 * Compares a migrated database with what the migrations make.
 * @returns a line for each part that is there and should not be, or is missing; none: the same
 */
export async function schemaDifferences(databaseUrl: string): Promise<string[]> {
  const client = await openClient({ connectionString: databaseUrl });
  try {
    await client.query("BEGIN");
    const found = await partsOf(client, "public");
    await client.query(`CREATE SCHEMA ${COMPARED}; SET LOCAL search_path = ${COMPARED}`);
    for (const { sql } of await readMigrations()) await client.query(sql);
    const made = await partsOf(client, COMPARED);
    await client.query("ROLLBACK");
    return [
      ...found.filter((part) => !made.includes(part)).map((part) => `not of ours: ${part}`),
      ...made.filter((part) => !found.includes(part)).map((part) => `missing: ${part}`),
    ];
  } finally {
    await client.end();
  }
}

async function partsOf(client: pg.Client, schema: string): Promise<string[]> {
  await client.query(`SET LOCAL search_path = ${schema}`);
  const { rows } = await client.query<{ part: string }>(PARTS);
  return rows.map(({ part }) => part);
}
