import type pg from "pg";
import { AppError } from "#server/lib/errors.ts";
import { openClient } from "../connections.ts";
import { LOCKS } from "../locks.ts";
import { scramVerifier } from "../scram.ts";
import type { RolePasswords } from "./role-passwords.ts";

/** The roles of the embedded server. Its administrator is the role that made it, and the only superuser. */
export const ADMIN_ROLE = "tidewatch_admin";
/** Owns the application's database and nothing else. */
export const APP_ROLE = "tidewatch";
/** Owns the audit log, and signs in nowhere: what it may do with it, nobody does but through a function of its own. */
export const AUDIT_ROLE = "tidewatch_audit";
/** Reads what is granted to it: server/db/reading-role.ts. */
const READER_ROLE = "tidewatch_reader";
const APP_DATABASE = "tidewatch";

const PLAIN = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS";

export const roleUrl = (role: string, password: string, port: number, database: string): string =>
  `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`;

/** Addresses of a running server by role. */
export interface RoleUrls {
  /** The application's database, by the application's role. */
  readonly url: string;
  /** The same, by the role that only reads. */
  readonly readerUrl: string;
  /** The server's own database, by its administrator. */
  readonly adminUrl: string;
  /** The application's database, by the administrator. */
  readonly adminOfAppUrl: string;
}

export function urlsOf(passwords: RolePasswords, port: number): RoleUrls {
  return {
    url: roleUrl(APP_ROLE, passwords.app, port, APP_DATABASE),
    readerUrl: roleUrl(READER_ROLE, passwords.reader, port, APP_DATABASE),
    adminUrl: roleUrl(ADMIN_ROLE, passwords.admin, port, "postgres"),
    adminOfAppUrl: roleUrl(ADMIN_ROLE, passwords.admin, port, APP_DATABASE),
  };
}

/** The statement that makes the application's role. */
export const appRoleScript = (password: string): string =>
  `CREATE ROLE ${APP_ROLE} ${PLAIN} PASSWORD '${scramVerifier(password)}'`;

/** Makes what is missing on a running server: roles, the application's database, and their rights. */
export async function settleRoles(passwords: RolePasswords, port: number): Promise<void> {
  const admin = await connectAdministrator(passwords, port);
  try {
    await admin.query("SELECT pg_advisory_lock($1)", [LOCKS.roles]);
    await settleDatabase(admin);
    await settleReader(admin, passwords.reader);
    await settleAuditRole(admin);
    await closeFunctions(urlsOf(passwords, port).adminOfAppUrl);
  } finally {
    await admin.end();
  }
}

const isRefused = (error: unknown): boolean =>
  ["28P01", "28000"].includes((error as { code?: string }).code ?? "");

function connectAdministrator(passwords: RolePasswords, port: number): Promise<pg.Client> {
  return openClient({ connectionString: urlsOf(passwords, port).adminUrl }).catch((error: Error) => {
    if (!isRefused(error)) throw error;
    throw new AppError(
      "administrator_refused",
      500,
      "The embedded PostgreSQL refuses its administrator: postgres.admin-password in DATA_DIR is not the file that was made with this database. Put that file back. A folder of a build that made no such file is not for this one: set DATA_DIR to an empty folder.",
    );
  });
}

async function isThere(admin: pg.Client, question: string): Promise<boolean> {
  return (await admin.query(question)).rowCount !== 0;
}

async function settleDatabase(admin: pg.Client): Promise<void> {
  if (await isThere(admin, `SELECT FROM pg_database WHERE datname = '${APP_DATABASE}'`)) return;
  await admin.query(`CREATE DATABASE ${APP_DATABASE} OWNER ${APP_ROLE}`);
}

async function settleAuditRole(admin: pg.Client): Promise<void> {
  if (await isThere(admin, `SELECT FROM pg_roles WHERE rolname = '${AUDIT_ROLE}'`)) return;
  await admin.query(`CREATE ROLE ${AUDIT_ROLE} NO${PLAIN}`);
}

/** Few connections, read-only ones, and no disk filled by a sort: what the role itself may not lift. */
async function settleReader(admin: pg.Client, password: string): Promise<void> {
  if (await isThere(admin, `SELECT FROM pg_roles WHERE rolname = '${READER_ROLE}'`)) return;
  await admin.query(`BEGIN;
    CREATE ROLE ${READER_ROLE} ${PLAIN} CONNECTION LIMIT 8 PASSWORD '${scramVerifier(password)}';
    ALTER ROLE ${READER_ROLE} SET default_transaction_read_only = on;
    ALTER ROLE ${READER_ROLE} SET temp_file_limit = '1GB';
    COMMIT`);
}

/** What leaves something behind, or holds others up, although it stands in a transaction that only reads. */
const LASTING = "^(pg_(try_)?advisory_|pg_logical_emit_message$|pg_notify$|lo_|loread$|lowrite$)";
/** What the application needs of it. */
const NEEDED = "^(pg_(try_)?advisory_|pg_logical_emit_message$)";

async function closeFunctions(url: string): Promise<void> {
  const client = await openClient({ connectionString: url });
  try {
    const isOpen = `has_function_privilege('${READER_ROLE}', 'pg_advisory_lock(bigint)', 'EXECUTE') AS open`;
    if ((await client.query(`SELECT ${isOpen}`)).rows[0]?.open !== true) return;
    const functionsLike = (pattern: string) =>
      `SELECT string_agg(oid::regprocedure::text, ', ') FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND proname ~ '${pattern}'`;
    await client.query(`DO $$ BEGIN
      EXECUTE 'REVOKE EXECUTE ON FUNCTION ' || (${functionsLike(LASTING)}) || ' FROM PUBLIC';
      EXECUTE 'GRANT EXECUTE ON FUNCTION ' || (${functionsLike(NEEDED)}) || ' TO ${APP_ROLE}';
    END $$`);
  } finally {
    await client.end();
  }
}
