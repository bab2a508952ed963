import type { Prisma } from "#prisma/client/client.ts";
import { type DataScope, isInScope } from "../access/data-scope.ts";
import { NotFound } from "../lib/errors.ts";

/** A case as an act sees it, locked. Amounts decimal. */
export interface LockedCase {
  readonly id: bigint;
  readonly user_id: bigint;
  readonly triage: string;
  readonly mark: "recovered" | "regressed" | null;
  readonly assignee: string | null;
  readonly assignee_name: string | null;
  readonly outcome: string | null;
  readonly snoozed_until: Date | null;
  readonly closed_at: Date | null;
  readonly version: number;
  /** What premium at risk is measured from. */
  readonly anchor: string;
  readonly amount_now: string;
  readonly premium_at_risk: string;
  /** The customer's insured amount as the key-user list has it; a closed case does not follow it. */
  readonly newest_amount: string;
  /** The anchor of the customer on the list; null: none, or on no list. */
  readonly list_anchor: string | null;
  /** Of the customer on the list; null: none. */
  readonly segment: string | null;
}

/**
 * Locks the customer's row first, as the stream does.
 * @param scope whose customers the actor sees: a case of another one is none
 * @throws {NotFound}
 */
export async function lockCase(
  tx: Prisma.TransactionClient,
  caseId: string,
  scope: DataScope,
): Promise<LockedCase> {
  if (!/^\d{1,18}$/.test(caseId)) throw new NotFound("There is no such case.");
  await tx.$queryRaw`SELECT 1 FROM key_user WHERE user_id = (
    SELECT user_id FROM retention_case WHERE id = ${BigInt(caseId)}) FOR UPDATE`;
  const rows = await tx.$queryRaw<LockedCase[]>`
    SELECT c.id, c.user_id, c.triage, c.mark, c.assignee, u.name AS assignee_name, c.outcome, c.snoozed_until, c.closed_at, c.version,
      greatest(c.anchor, c.baseline_before)::text AS anchor, c.amount_now::text, c.premium_at_risk::text,
      coalesce(k.raw_premium, c.amount_now)::text AS newest_amount, k.anchor::text AS list_anchor, k.segment
    FROM retention_case c LEFT JOIN key_user k USING (user_id) LEFT JOIN "user" u ON u.id = c.assignee WHERE c.id = ${BigInt(caseId)} FOR UPDATE OF c`;
  if (!rows[0] || !isInScope(scope, rows[0].segment)) throw new NotFound("There is no such case.");
  return rows[0];
}
