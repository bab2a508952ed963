/** What may be revealed of a customer, one field at a time. */
export const REVEAL_FIELDS = ["telephone", "name"] as const;
export type RevealField = (typeof REVEAL_FIELDS)[number];

/** Why somebody needs it; `other` is told in words. */
export const REVEAL_REASONS = ["calling", "identity", "complaint", "other"] as const;
export type RevealReason = (typeof REVEAL_REASONS)[number];

/** How long a screen shows what was revealed, ms. */
export const REVEALED_MS = 60_000;

/** The entry that a reveal leaves on the timeline: it decides nothing (rule W1). */
export const REVEAL_ENTRY = "revealed";

/** The act in the audit log when a person has revealed all that an hour allows. */
export const REVEAL_REFUSED = "personal.reveal-refused";

/** Why a customer is called only by who says that they mean it. */
export const CONTACT_BARS = ["do_not_contact", "limit"] as const;
export type ContactBar = (typeof CONTACT_BARS)[number];
