import type { UndoRefusal } from "../contracts/api/retention.ts";
import { amountsOfToday, type CaseMutation } from "./case-mutation.ts";
import type { LockedCase } from "./lock-case.ts";

/** What stood before a decision; it is kept with the decision's entry on the timeline. Amounts decimal, times ISO 8601. */
export type Triage = {
  readonly triage: string;
  readonly mark: LockedCase["mark"];
  readonly assignee: string | null;
  readonly outcome: string | null;
  readonly snoozedUntil: string | null;
  readonly closedAt: string | null;
  readonly amountNow: string;
  readonly premiumAtRisk: string;
  /** The customer's anchor on the key-user list. */
  readonly anchor: string | null;
};

export const triageOf = (current: LockedCase): Triage => ({
  triage: current.triage,
  mark: current.mark,
  assignee: current.assignee,
  outcome: current.outcome,
  snoozedUntil: current.snoozed_until?.toISOString() ?? null,
  closedAt: current.closed_at?.toISOString() ?? null,
  amountNow: current.amount_now,
  premiumAtRisk: current.premium_at_risk,
  anchor: current.list_anchor,
});

/**
 * What puts back what stood before a decision, pure. What the stream did meanwhile stays: its mark, and a case that it opened
 * again (rule W2).
 * @param hasStreamActed since the decision
 */
export function undo(
  before: Triage,
  current: LockedCase,
  hasStreamActed: boolean,
): CaseMutation["columns"] | UndoRefusal {
  const mark = current.mark ?? (hasStreamActed ? null : before.mark);
  const { triage, assignee, outcome } = before;
  const snoozedUntil = dateOf(before.snoozedUntil);
  const columns = { triage, assignee, outcome, snoozedUntil };
  if (triage !== "closed") {
    return {
      ...columns,
      ...amountsOfToday(current, mark),
      mark,
      state: mark ?? triage,
      closedAt: null,
      openUserId: current.user_id,
    };
  }
  // Closed again, its new evidence would be out of sight.
  if (hasStreamActed) return "moved_since";
  const { amountNow, premiumAtRisk } = before;
  const closed = { state: triage, mark: before.mark, closedAt: dateOf(before.closedAt), openUserId: null };
  return { ...columns, ...closed, amountNow, premiumAtRisk };
}

const dateOf = (text: string | null): Date | null => (text === null ? null : new Date(text));
