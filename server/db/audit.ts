import type pg from "pg";
import type { Prisma } from "#prisma/client/client.ts";

/** One act, as the audit log keeps it. No password and no personal data of customers ever stands in it. */
export interface Act {
  /** Id of the person or key that acted, `cli:USER` for the command line, `system` for the start, `anonymous` for nobody known. */
  readonly actor: string;
  /** Noun and verb, e.g. `session.sign-in`, `session.refused`, `person.disable`, `api-key.revoke`. */
  readonly action: string;
  /** What it was done to, e.g. `person 3f2a…`. */
  readonly subject: string;
  /** Reasons, counts, addresses. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Writes one row, in the caller's transaction if it has one. */
export async function recordAct(client: Pick<pg.ClientBase, "query">, act: Act): Promise<void> {
  await client.query("INSERT INTO audit_entry (actor, action, subject, details) VALUES ($1, $2, $3, $4)", [
    act.actor,
    act.action,
    act.subject,
    JSON.stringify(act.details ?? {}),
  ]);
}

/** The same in a transaction of Prisma's. */
export async function recordActIn(
  tx: Pick<Prisma.TransactionClient, "auditEntry">,
  { actor, action, subject, details = {} }: Act,
): Promise<void> {
  await tx.auditEntry.create({
    data: { actor, action, subject, details: details as Prisma.InputJsonObject },
  });
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
