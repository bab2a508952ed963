/** Names of cases that both ends share; the schemas are in api/retention.ts. */

export const CASE_STATES = [
  "new",
  "claimed",
  "contacted",
  "snoozed",
  "recovered",
  "regressed",
  "closed",
] as const;

/** How a case may end. */
export const OUTCOMES = ["retained", "lost", "not_at_risk", "duplicate"] as const;

/** What the queue may be sorted by. */
export const CASE_SORTS = ["premiumAtRisk", "openedAt", "updatedAt"] as const;
