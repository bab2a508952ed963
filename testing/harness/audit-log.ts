import type pg from "pg";

type Client = Pick<pg.ClientBase, "query">;

/** An act as the audit log holds it. */
export interface WrittenAct {
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly address: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

/** What the audit log has, oldest first. */
export async function writtenActs(client: Client): Promise<WrittenAct[]> {
  const { rows } = await client.query<WrittenAct>(
    "SELECT actor, action, subject, address, details FROM audit_entry JOIN audit_detail ON entry_id = id ORDER BY id",
  );
  return rows;
}

/** Empties the log between tests: its triggers rest, as the servers of tests let the application do (seed-folder.ts). */
export async function emptyAudit(client: Client): Promise<void> {
  await client.query(`BEGIN; SET LOCAL session_replication_role = replica;
    DELETE FROM audit_detail; DELETE FROM audit_entry; COMMIT`);
}
