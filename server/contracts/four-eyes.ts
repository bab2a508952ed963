/** Acts that a second administrator confirms where FOUR_EYES names them: other thresholds, an import of the key-user list, another role. */
export const GUARDED_ACTS = ["thresholds", "list", "roles"] as const;
export type GuardedAct = (typeof GUARDED_ACTS)[number];

/** What may wait for a second administrator: as long as anything is guarded, so is the setting that says what. */
export const PROPOSABLE_ACTS = [...GUARDED_ACTS, "settings"] as const;
export type ProposableAct = (typeof PROPOSABLE_ACTS)[number];

/** Days that a proposal waits; then it can be confirmed no more. */
export const PROPOSAL_LIVES_DAYS = 7;

/** What becomes of a proposal; `expired` is an open one that nobody confirmed in time. */
export const PROPOSAL_STATES = ["open", "confirmed", "refused", "withdrawn", "expired"] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];
