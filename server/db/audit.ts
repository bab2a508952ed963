import type pg from "pg";
import type { Prisma } from "#prisma/client/client.ts";
import type { AuditAction } from "../contracts/audit-actions.ts";
import { requestAddress } from "../lib/request-address.ts";

/** One act, as the audit log keeps it. No password and no personal data of customers ever stands in it. */
/** Whether an actor is the user of a command line, as audit rows name actors. */
export const isOfCommandLine = (actor: string): boolean => actor.startsWith("cli:");

export interface Act {
  /** Id of the person or key that acted, `cli:USER` for the command line, `system` for the start, `anonymous` for nobody known. */
  readonly actor: string;
  readonly action: AuditAction;
  /** What it was done to, e.g. `person 3f2a…`. */
  readonly subject: string;
  /** Reasons and counts. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** Where it came from; unset: from where the request came that is being answered, if one is. */
  readonly address?: string | null;
  /** Unset: now, by the database's clock. */
  readonly at?: Date;
}

/** The one statement that writes the log: entry and details, both or neither. */
const WRITE = `WITH entry AS (
    INSERT INTO audit_entry (at, actor, action, subject)
    VALUES (coalesce($1::timestamptz, CURRENT_TIMESTAMP), $2, $3, $4) RETURNING id)
  INSERT INTO audit_detail (entry_id, address, details) SELECT id, $5::text, $6::jsonb FROM entry`;

function valuesOf({ at, actor, action, subject, address, details }: Act): (string | null)[] {
  const from = address === undefined ? requestAddress() : address;
  return [at?.toISOString() ?? null, actor, action, subject, from || null, JSON.stringify(details ?? {})];
}

/** Writes one act, in the caller's transaction if it has one. */
export async function recordAct(client: Pick<pg.ClientBase, "query">, act: Act): Promise<void> {
  await client.query(WRITE, valuesOf(act));
}

/** The same in a transaction of Prisma's. */
export async function recordActIn(
  tx: Pick<Prisma.TransactionClient, "$executeRawUnsafe">,
  act: Act,
): Promise<void> {
  await tx.$executeRawUnsafe(WRITE, ...valuesOf(act));
}

/** Of a start or a command that brought the schema up to date. @param applied names of the migrations; none: nothing is told */
export async function recordMigrations(
  client: Pick<pg.ClientBase, "query">,
  actor: string,
  applied: readonly string[],
): Promise<void> {
  if (applied.length === 0) return;
  await recordAct(client, { actor, action: "schema.migrate", subject: "installation", details: { applied } });
}
