import type pg from "pg";
import type { Prisma } from "#prisma/client/client.ts";
import type { AuditAction } from "../contracts/audit-actions.ts";
import { requestAddress } from "../lib/request-address.ts";
import { receiversOf } from "./told.ts";

/** Whether an actor is the user of a command line, as audit rows name actors. */
export const isOfCommandLine = (actor: string): boolean => actor.startsWith("cli:");

/** One act, as the audit log keeps it. No password and no personal data of customers ever stands in it. */
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

const ENTRY = `WITH entry AS (
    INSERT INTO audit_entry (at, actor, action, subject)
    VALUES (coalesce($1::timestamptz, CURRENT_TIMESTAMP), $2, $3, $4) RETURNING id, at, actor, action, subject)`;
const DETAIL =
  "INSERT INTO audit_detail (entry_id, address, details) SELECT id, $5::text, $6::jsonb FROM entry";
/** The one statement that writes the log: entry and details, both or neither. */
const WRITE = `${ENTRY} ${DETAIL}`;
/** The same of an act that people are told: with its notice in the outbox. */
const WRITE_TOLD = `${ENTRY}, told AS (
    INSERT INTO outbox (delivery_key, kind, case_id, receivers, payload, created_at)
    SELECT 'act_' || id, action, substring(subject FROM '^case (\\d+)$')::bigint, $7::text[],
      jsonb_build_object('actor', actor, 'subject', subject, 'address', $5::text), at FROM entry)
  ${DETAIL}`;

type Statement = readonly [sql: string, values: (string | null | readonly string[])[]];

function writeOf(act: Act): Statement {
  const { at, actor, action, subject, address, details } = act;
  const from = address === undefined ? requestAddress() : address;
  const values = [
    at?.toISOString() ?? null,
    actor,
    action,
    subject,
    from || null,
    JSON.stringify(details ?? {}),
  ];
  const receivers = receiversOf(act);
  return receivers?.length === 0 ? [WRITE, values] : [WRITE_TOLD, [...values, receivers]];
}

/** Writes one act, in the caller's transaction if it has one; people who are told of it get a notice with it. */
export async function recordAct(client: Pick<pg.ClientBase, "query">, act: Act): Promise<void> {
  const [sql, values] = writeOf(act);
  await client.query(sql, values);
}

/** The same in a transaction of Prisma's. */
export async function recordActIn(
  tx: Pick<Prisma.TransactionClient, "$executeRawUnsafe">,
  act: Act,
): Promise<void> {
  const [sql, values] = writeOf(act);
  await tx.$executeRawUnsafe(sql, ...values);
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
