import type pg from "pg";
import { AppError } from "../lib/errors.ts";
import { openClient } from "./connections.ts";
import type { Database } from "./database.ts";
import { LOCKS } from "./locks.ts";
import { scramVerifier } from "./scram.ts";

/**
 * What whoever only reads may see: `null` is every column. Nothing that lets somebody in: no sessions, password hashes, or
 * hashes of keys. A table that is not named here stays closed. Personal data of customers is sealed in all of them.
 */
const READABLE: Readonly<Record<string, readonly string[] | null>> = {
  adm_pfm_zy_order_gmv_msx_hs: null,
  wechat_activity_user: null,
  adm_zy_acct_sub_wechat_list: null,
  user_last_log: null,
  alert_rule: null,
  api_key: [
    "id",
    "name",
    "prefix",
    "scopes",
    "per_minute",
    "created_at",
    "created_by",
    "expires_at",
    "last_used_at",
    "last_used_from",
    "revoked_at",
    "rotated_from",
  ],
  audit_detail: null,
  audit_entry: null,
  baseline_change: null,
  case_event: null,
  commit_feed: null,
  commit_position: null,
  day_revision: null,
  day_revision_hour: null,
  dead_letter: null,
  delivery: null,
  event_log: null,
  gross_order: null,
  hour_cause: null,
  hour_figure: null,
  key_user: null,
  key_user_import: null,
  key_user_import_row: null,
  last_order: null,
  last_page: null,
  late_order: null,
  lease: null,
  node: null,
  occurrence: null,
  order_day: null,
  outbox: null,
  personal_block: null,
  retention_case: null,
  stream: null,
  user: [
    "id",
    "name",
    "email",
    "username",
    "role",
    "segments",
    "told",
    "createdAt",
    "updatedAt",
    "disabledAt",
    "lastSignInAt",
  ],
};

/** A statement that takes longer is broken off, ms. */
export const READ_TIMEOUT_MS = 60_000;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * A connection of the role that only reads, with its rights up to date, in a transaction that cannot be made to write.
 * @param given.readerUrl its login on a server of somebody else's (DATABASE_READER_URL)
 * @param given.password for a role that Tidewatch makes there by itself
 * @throws {AppError} there is no such role and it cannot be made, or it may do more than read
 */
export async function openReader(
  database: Pick<Database, "url" | "readerUrl">,
  given: { readonly readerUrl: string | undefined; readonly password: string },
): Promise<pg.Client> {
  const owner = await openClient({ connectionString: database.url });
  try {
    const url =
      given.readerUrl ?? database.readerUrl ?? (await madeReader(owner, database.url, given.password));
    const reader = await connect(url);
    try {
      await refuseWhatWrites(reader, owner);
      await grantReads(owner, (await reader.query("SELECT current_user::text AS role")).rows[0]?.role);
      await reader.query("BEGIN READ ONLY");
      await reader.query("SELECT 1"); // after its first query a transaction stays what it is
      return reader;
    } catch (error) {
      await reader.end();
      throw error;
    }
  } finally {
    await owner.end();
  }
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = await openClient({
    connectionString,
    // Every type as PostgreSQL's own text: numbers keep all digits.
    types: { getTypeParser: () => String },
  }).catch((error: Error) => {
    throw new AppError(
      "reader_refused",
      500,
      `The role that only reads cannot sign in to the database (${error.message}). Check DATABASE_READER_URL.`,
    );
  });
  await client.query(
    `SELECT set_config('default_transaction_read_only', 'on', false), set_config('statement_timeout', '${READ_TIMEOUT_MS}', false)`,
  );
  return client;
}

/** On a server of somebody else's the role is ours to make only where the application's role may make roles. */
async function madeReader(owner: pg.Client, url: string, password: string): Promise<string> {
  const { rows } = await owner.query<{ may: boolean; name: string }>(
    `SELECT rolsuper OR rolcreaterole AS may, left(current_database(), 56) || '_reader' AS name
     FROM pg_roles WHERE rolname = current_user`,
  );
  const { may = false, name = "" } = rows[0] ?? {};
  if (!may) throw new NoReader(name);
  const rights = `LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '${scramVerifier(password)}'`;
  const known = await owner.query("SELECT FROM pg_roles WHERE rolname = $1", [name]);
  await owner
    .query(`${known.rowCount === 0 ? "CREATE" : "ALTER"} ROLE ${quoted(name)} ${rights}`)
    .catch(() => {
      throw new NoReader(name);
    });
  const address = new URL(url);
  address.username = encodeURIComponent(name);
  address.password = password;
  return address.href;
}

class NoReader extends AppError {
  constructor(name: string) {
    super(
      "no_reader",
      500,
      `Statements are read by a role of their own, which Tidewatch may not make on this server. Have its keeper run: CREATE ROLE ${quoted(name)} LOGIN PASSWORD '…'; and set DATABASE_READER_URL to the address of this database with that role. Tidewatch gives it its rights.`,
    );
  }
}

/** Rights that make a role more than a reader, whoever gave them. */
async function refuseWhatWrites(reader: pg.Client, owner: pg.Client): Promise<void> {
  const { rows: owners } = await owner.query<{ role: string }>("SELECT current_user::text AS role");
  const { rowCount } = await reader.query(
    `SELECT FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)
     UNION ALL SELECT FROM pg_roles WHERE pg_has_role(current_user, oid, 'MEMBER') AND (rolname = $1 OR rolname IN
       ('pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program', 'pg_signal_backend', 'pg_write_all_data',
        'pg_read_all_data', 'pg_maintain', 'pg_checkpoint'))`,
    [owners[0]?.role],
  );
  if (rowCount === 0) return;
  throw new AppError(
    "reader_too_mighty",
    500,
    "The role of DATABASE_READER_URL may do more than read. Name one that is no superuser, owns nothing and belongs to no other role.",
  );
}

/** Grants what is missing: after a first start, an upgrade or a restore that is much, else nothing. */
async function grantReads(owner: pg.Client, role: string): Promise<void> {
  await owner.query("BEGIN");
  await owner.query("SELECT pg_advisory_xact_lock($1)", [LOCKS.grants]);
  const { rows } = await owner.query<{ name: string; column: string }>(
    `SELECT relname AS name, attname AS column FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     WHERE c.relnamespace = 'public'::regnamespace AND relname = ANY ($1) AND attnum > 0 AND NOT attisdropped
       AND NOT has_column_privilege($2::name, c.oid, attnum, 'SELECT')`,
    [Object.keys(READABLE), role],
  );
  for (const [name, columns] of Object.entries(READABLE)) {
    const missing = rows.filter((row) => row.name === name && (columns?.includes(row.column) ?? true));
    if (missing.length === 0) continue;
    const list = columns === null ? "" : ` (${missing.map(({ column }) => quoted(column)).join(", ")})`;
    await owner.query(`GRANT SELECT${list} ON ${quoted(name)} TO ${quoted(role)}`);
  }
  const usage = await owner.query<{ has: boolean }>(
    "SELECT has_schema_privilege($1::name, 'public', 'USAGE') AS has",
    [role],
  );
  if (usage.rows[0]?.has !== true) await owner.query(`GRANT USAGE ON SCHEMA public TO ${quoted(role)}`);
  await owner.query("COMMIT");
}
