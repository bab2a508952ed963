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

/** What people do to a case: the name of the verb, the entry that it leaves on the timeline, and its key on the desk. */
export const CASE_VERBS = {
  claim: { entry: "claimed", key: "c" },
  contact: { entry: "contacted", key: "x" },
  snooze: { entry: "snoozed", key: null },
  note: { entry: "noted", key: "n" },
  close: { entry: "closed", key: "e" },
  release: { entry: "released", key: null },
  reopen: { entry: "reopened", key: null },
} as const;
export type CaseVerbName = keyof typeof CASE_VERBS;
export const CASE_VERB_NAMES = Object.keys(CASE_VERBS) as CaseVerbName[];

/** Entries that the stream and the clock leave on the timeline. */
export const STREAM_ENTRIES = ["opened", "joined", "recovered", "regressed", "woken"] as const;
export type TimelineKind = (typeof STREAM_ENTRIES)[number] | (typeof CASE_VERBS)[CaseVerbName]["entry"];
export const TIMELINE_KINDS: readonly TimelineKind[] = [
  ...STREAM_ENTRIES,
  ...Object.values(CASE_VERBS).map(({ entry }) => entry),
];

/** How a case may end. */
export const OUTCOMES = ["retained", "lost", "not_at_risk", "duplicate"] as const;

/** What the queue may be sorted by. */
export const CASE_SORTS = ["premiumAtRisk", "openedAt", "updatedAt"] as const;
