import type { Prisma } from "#prisma/client/client.ts";

/** A case as a verb sees it, locked. */
export interface LockedCase {
  readonly id: bigint;
  readonly user_id: bigint;
  readonly triage: string;
  readonly mark: string | null;
  readonly assignee: string | null;
  readonly assignee_name: string | null;
  readonly version: number;
  /** What premium at risk is measured from, decimal. */
  readonly anchor: string;
  /** The customer's insured amount as the key-user list has it, decimal; a closed case does not follow it. */
  readonly newest_amount: string;
}

/** What a verb does to a case. */
export interface CaseMutation {
  readonly columns: Prisma.RetentionCaseUpdateInput;
  /** What the timeline says beside the verb's own entry. */
  readonly body?: Record<string, string>;
  /** The customer's anchor starts anew from the baseline that stands (rule K5). */
  readonly resetsAnchor?: true;
}
