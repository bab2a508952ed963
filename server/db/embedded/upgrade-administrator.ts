import type pg from "pg";
import { openClient } from "../connections.ts";
import { scramVerifier } from "../scram.ts";
import type { RolePasswords } from "./role-passwords.ts";

/** Lives for the length of an upgrade: no role can rename the one that it works as. */
const HELPER = "tidewatch_upgrade";
/** Any number: processes that start together upgrade one after the other. */
const UPGRADE_LOCK = 4_715_202;

/** Ownership within the database; what belongs to a table's column or to an extension goes with that. */
const HAND_OVER = `DO $$
DECLARE each record;
BEGIN
  FOR each IN
    SELECT format('ALTER %s %s OWNER TO tidewatch', CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'S' THEN 'SEQUENCE'
      WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END, c.oid::regclass) AS statement
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname !~ '^(pg_|information_schema$)' AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i', 'e')
        AND c.relkind = 'S')
    UNION ALL
    SELECT format('ALTER ROUTINE %s OWNER TO tidewatch', p.oid::regprocedure)
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname !~ '^(pg_|information_schema$)'
    UNION ALL
    SELECT format('ALTER TYPE %s OWNER TO tidewatch', t.oid::regtype)
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE n.nspname !~ '^(pg_|information_schema$)' AND t.typtype IN ('e', 'd')
    UNION ALL
    SELECT format('ALTER SCHEMA %I OWNER TO tidewatch', nspname) FROM pg_namespace
    WHERE nspname !~ '^(pg_|information_schema$)' AND nspowner = 'tidewatch_admin'::regrole
  LOOP
    EXECUTE each.statement;
  END LOOP;
END $$`;

/**
 * In folders of earlier versions the application's role is the superuser that made the server, and PostgreSQL does not let that
 * one step down. It becomes the administrator by name and password, and a plain role takes its place and its database. One
 * transaction: whoever dies in it has changed nothing. Nothing to do, or no server of ours: nothing happens.
 */
export async function upgradeAdministrator(
  passwords: RolePasswords,
  port: number,
  createAppRole: (password: string) => string,
): Promise<void> {
  const url = (role: string, password: string, database: string) =>
    `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`;
  const old = await openClient({ connectionString: url("tidewatch", passwords.app, "postgres") });
  try {
    await old.query("SELECT pg_advisory_lock($1)", [UPGRADE_LOCK]);
    if (!(await isSuperuser(old))) return;
    await prepare(old, passwords.admin);
    const helper = await openClient({ connectionString: url(HELPER, passwords.admin, "tidewatch") });
    try {
      await helper.query(`BEGIN;
        ALTER ROLE tidewatch RENAME TO tidewatch_admin;
        ALTER ROLE tidewatch_admin PASSWORD '${scramVerifier(passwords.admin)}';
        ${createAppRole(passwords.app)};
        ALTER DATABASE tidewatch OWNER TO tidewatch;
        ${HAND_OVER};
        COMMIT`);
    } finally {
      await helper.end();
    }
    await old.query(`DROP ROLE ${HELPER}`);
  } finally {
    await old.end();
  }
}

/** By its name: after another process has upgraded, this session works as the administrator. */
async function isSuperuser(client: pg.Client): Promise<boolean> {
  const { rowCount } = await client.query("SELECT FROM pg_roles WHERE rolname = 'tidewatch' AND rolsuper");
  return rowCount !== 0;
}

async function prepare(client: pg.Client, password: string): Promise<void> {
  const database = await client.query("SELECT FROM pg_database WHERE datname = 'tidewatch'");
  if (database.rowCount === 0) await client.query("CREATE DATABASE tidewatch");
  await client.query(`DROP ROLE IF EXISTS ${HELPER}`);
  await client.query(`CREATE ROLE ${HELPER} SUPERUSER LOGIN PASSWORD '${scramVerifier(password)}'`);
}
