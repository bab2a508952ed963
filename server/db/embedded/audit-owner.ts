import { openClient } from "../connections.ts";
import { LOCKS } from "../locks.ts";
import { APP_ROLE, AUDIT_ROLE } from "./roles.ts";

const IS_OURS = `SELECT FROM pg_class WHERE oid = to_regclass('public.audit_entry') AND pg_get_userbyid(relowner) = '${APP_ROLE}'`;

/**
 * The application's role made the tables, and an owner may do everything: they get an owner of their own. What the application
 * keeps is to read and to add, and the one function that lets old details go. That owner is no superuser, so a function or trigger
 * that somebody planted here before could do no more than it.
 */
const HAND_OVER = `
  GRANT USAGE ON SCHEMA public TO ${AUDIT_ROLE};
  ALTER TABLE audit_entry OWNER TO ${AUDIT_ROLE};
  ALTER TABLE audit_detail OWNER TO ${AUDIT_ROLE};
  ALTER FUNCTION refuse_audit_change() OWNER TO ${AUDIT_ROLE};
  ALTER FUNCTION prune_audit_details(timestamptz, integer) OWNER TO ${AUDIT_ROLE};
  GRANT INSERT ON audit_entry, audit_detail TO ${APP_ROLE};
  GRANT SELECT ON audit_entry, audit_detail TO ${APP_ROLE} WITH GRANT OPTION;
  GRANT USAGE, SELECT ON SEQUENCE audit_entry_id_seq TO ${APP_ROLE};
  GRANT EXECUTE ON FUNCTION prune_audit_details(timestamptz, integer) TO ${APP_ROLE}`;

/**
 * Takes from the application's role what would change audit rows: after a first start or a restore; else there is nothing to do.
 * @param adminUrl the application's database, by the administrator
 */
export async function handOverAudit(adminUrl: string): Promise<void> {
  const client = await openClient({ connectionString: adminUrl });
  try {
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock($1)", [LOCKS.audit]);
    if ((await client.query(IS_OURS)).rowCount !== 0) await client.query(HAND_OVER);
    await client.query("COMMIT");
  } finally {
    await client.end(); // ends an open transaction as well
  }
}
