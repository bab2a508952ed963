import { randomUUID } from "node:crypto";
import type pg from "pg";
import { openClient } from "./connections.ts";
import { type Migration, type MigrationId, readMigrations } from "./migrations.ts";
import { type DatabasePlace, serverPlace, UnfitDatabase } from "./unfit-database.ts";

/** Prisma's own number: its commands wait for us, and we for them. Processes that start together migrate one after the other. */
const MIGRATION_LOCK = 72_707_369;

/** As Prisma makes it, so that `prisma migrate` understands what was applied here. */
const APPLIED_TABLE = `CREATE TABLE _prisma_migrations (
  id varchar(36) PRIMARY KEY,
  checksum varchar(64) NOT NULL,
  finished_at timestamptz,
  migration_name varchar(255) NOT NULL,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz NOT NULL DEFAULT now(),
  applied_steps_count integer NOT NULL DEFAULT 0
)`;

/** What a migration starts from. */
interface Given {
  /** How the database is named when it cannot be used; unset: by its address. */
  readonly place?: DatabasePlace;
  /** What leads to the schema, the first one first; unset: all of prisma/migrations. */
  readonly migrations?: readonly Migration[];
}

/**
 * Applies what is missing, all or nothing.
 * @returns names of those applied now
 * @throws {UnfitDatabase} it holds what no migration of ours made
 */
export async function migrate(databaseUrl: string, given: Given = {}): Promise<string[]> {
  const { place = serverPlace(databaseUrl), migrations = await readMigrations() } = given;
  const client = await openClient({ connectionString: databaseUrl });
  try {
    await client.query("BEGIN");
    const applied = await migrateWithin(client, place, migrations);
    await client.query("COMMIT");
    return applied;
  } finally {
    await client.end(); // ends an open transaction as well
  }
}

/** The same as a part of a transaction that is open on this connection. */
export async function migrateWithin(
  session: pg.ClientBase,
  place: DatabasePlace,
  migrations: readonly Migration[],
): Promise<string[]> {
  await session.query("SELECT pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
  const applied = await readApplied(session, place);
  for (const each of applied) requireOurs(each, migrations, place);
  const missing = migrations.filter(({ name }) => !applied.some((each) => each.name === name));
  for (const migration of missing) await apply(session, migration);
  return missing.map(({ name }) => name);
}

interface AppliedMigration extends MigrationId {
  readonly finished: boolean;
}

/** What was applied before; makes the list where there is none yet. */
async function readApplied(session: pg.ClientBase, place: DatabasePlace): Promise<AppliedMigration[]> {
  const { rows } = await session.query<{ listed: boolean; filled: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS listed, EXISTS (
       SELECT FROM pg_class c WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
         AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')) AS filled`,
  );
  if (rows[0]?.listed) {
    const applied = await session.query<AppliedMigration>(
      `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished FROM _prisma_migrations
       WHERE rolled_back_at IS NULL ORDER BY migration_name`,
    );
    return applied.rows;
  }
  if (rows[0]?.filled) throw new UnfitDatabase(place, "it holds tables of something else");
  await session.query(APPLIED_TABLE);
  return [];
}

function requireOurs(
  { name, checksum, finished }: AppliedMigration,
  migrations: readonly Migration[],
  place: DatabasePlace,
): void {
  const known = migrations.find((each) => each.name === name);
  if (!known) throw new UnfitDatabase(place, `its migration ${name} is of another build, and not known here`);
  if (known.checksum !== checksum) {
    throw new UnfitDatabase(place, `its migration ${name} is that of another build, which made other tables`);
  }
  if (!finished) throw new UnfitDatabase(place, `its migration ${name} was begun elsewhere and not finished`);
}

async function apply(session: pg.ClientBase, { name, sql, checksum }: Migration): Promise<void> {
  await session.query(sql);
  await session.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
     VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
    [randomUUID(), checksum, name],
  );
}
