/** Names of cases that both ends share; the schemas are in api/retention.ts. */

import { REVEAL_ENTRY } from "./reveal.ts";

export const CASE_STATES = [
  "new",
  "claimed",
  "contacted",
  "snoozed",
  "recovered",
  "regressed",
  "closed",
] as const;

export type CaseState = (typeof CASE_STATES)[number];

/** Open cases that need somebody now: not those that wait for a day, nor those that have recovered. */
export const NEEDS_SOMEBODY: readonly CaseState[] = ["new", "claimed", "contacted", "regressed"];

/** How a case may end. */
export const OUTCOMES = ["retained", "lost", "not_at_risk", "duplicate"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** How a call went. `do_not_contact` holds for the customer until `may_contact`. */
export const CALL_RESULTS = [
  "reached",
  "no_answer",
  "wrong_number",
  "call_back",
  "do_not_contact",
  "may_contact",
] as const;
export type CallResult = (typeof CALL_RESULTS)[number];

/** What a field of a verb's body holds. Screens read this table too, so it names schemas; api/retention.ts makes them. */
export type VerbField = "text" | "optionalText" | "instant" | "optionalInstant" | "outcome" | "callResult";

/** Cases on which a verb is offered; `mine` and `others`: open ones of the person and of somebody else; `always`: closed ones as well. */
type Offered = "unowned" | "mine" | "others" | "open" | "closed" | "always";

interface CaseVerb {
  /** The entry that it leaves on the timeline. */
  readonly entry: string;
  /** Its key on the retention page. */
  readonly key: string | null;
  readonly offered: Offered;
  /** Where it stands: a button under the customer's name, or at the foot of the timeline. */
  readonly place: "head" | "foot";
  /** Its button stands out: what a case waits for first. */
  readonly isMain?: true;
  /** The verb whose key stands for it where that one is not offered. */
  readonly insteadOf?: string;
  /** The case waits for nobody afterwards: the desk goes on with the next one. */
  readonly endsWork?: true;
  /** It decides nothing about the case: it neither asks for a version nor raises it (rule W1). */
  readonly isRemark?: true;
  /** Fields of the body that it is called with. */
  readonly body: Readonly<Record<string, VerbField>>;
}

/** What people do to a case, in the order of the buttons. What each does to it stands in server/retention/case-verbs.ts. */
export const CASE_VERBS = {
  claim: { entry: "claimed", key: "c", offered: "unowned", place: "head", isMain: true, body: {} },
  // `from`: id of the owner, who loses the case (rule W3).
  "take-over": {
    entry: "takenOver",
    key: null,
    offered: "others",
    place: "head",
    insteadOf: "claim",
    body: { from: "text" },
  },
  release: { entry: "released", key: null, offered: "mine", place: "head", body: {} },
  // Never refused: a call was made, whatever became of the case meanwhile. A customer who was reached is contacted, one who is to be
  // called back is snoozed until then.
  call: {
    entry: "called",
    key: "t",
    offered: "always",
    place: "head",
    isRemark: true,
    body: { result: "callResult", until: "optionalInstant", note: "optionalText" },
  },
  contact: { entry: "contacted", key: "x", offered: "open", place: "head", body: {} },
  snooze: {
    entry: "snoozed",
    key: null,
    offered: "open",
    place: "head",
    endsWork: true,
    body: { until: "instant" },
  },
  close: {
    entry: "closed",
    key: "e",
    offered: "open",
    place: "head",
    endsWork: true,
    // `from`: id of the owner, where that is somebody else (rule W3).
    body: { outcome: "outcome", note: "optionalText", from: "optionalText" },
  },
  reopen: { entry: "reopened", key: null, offered: "closed", place: "head", body: {} },
  note: {
    entry: "noted",
    key: "n",
    offered: "always",
    place: "foot",
    isRemark: true,
    body: { text: "text" },
  },
} as const satisfies Record<string, CaseVerb>;
export type CaseVerbName = keyof typeof CASE_VERBS;
export const CASE_VERB_NAMES = Object.keys(CASE_VERBS) as CaseVerbName[];

type BodyFields<V extends CaseVerbName> = (typeof CASE_VERBS)[V]["body"];
type OptionalNames<B> = { [F in keyof B]: B[F] extends `optional${string}` ? F : never }[keyof B];

/** What a verb is called with. */
export type VerbBody<V extends CaseVerbName> = {
  readonly [F in Exclude<
    keyof BodyFields<V>,
    OptionalNames<BodyFields<V>>
  >]: BodyFields<V>[F] extends "outcome"
    ? Outcome
    : BodyFields<V>[F] extends "callResult"
      ? CallResult
      : string;
} & { readonly [F in OptionalNames<BodyFields<V>>]?: string | undefined };

/** Verbs that are not done by a press of a button alone. */
export type VerbWithBody = {
  [V in CaseVerbName]: keyof BodyFields<V> extends never ? never : V;
}[CaseVerbName];
export const hasBody = (name: CaseVerbName): name is VerbWithBody =>
  Object.keys(CASE_VERBS[name].body).length > 0;

/** Verbs that have a key. */
export type KeyedVerb = {
  [V in CaseVerbName]: (typeof CASE_VERBS)[V]["key"] extends string ? V : never;
}[CaseVerbName];
export const hasKey = (name: CaseVerbName): name is KeyedVerb => CASE_VERBS[name].key !== null;

/** Whether a verb asks for the version that was seen, and raises it (rule W1). */
export const isDecision = (name: CaseVerbName): boolean => !("isRemark" in CASE_VERBS[name]);

/** Whether a verb is offered on a case to the person of that id. */
export function isOffered(
  name: CaseVerbName,
  { state, assignee }: { readonly state: string; readonly assignee: { readonly id: string } | null },
  myId: string,
): boolean {
  const { offered } = CASE_VERBS[name];
  if (offered === "always") return true;
  if (offered === "closed" || state === "closed") return offered === "closed" && state === "closed";
  if (offered === "open") return true;
  if (offered === "unowned") return assignee === null;
  return assignee !== null && (offered === "mine") === (assignee.id === myId);
}

/** What a verb's key does to a case: the verb itself, unless another is offered in its stead. */
export function keyed(name: CaseVerbName, ...of: Tail<Parameters<typeof isOffered>>): CaseVerbName {
  const instead = CASE_VERB_NAMES.find((other) => {
    const verb: CaseVerb = CASE_VERBS[other];
    return verb.insteadOf === name && isOffered(other, ...of);
  });
  return instead ?? name;
}
type Tail<T extends readonly unknown[]> = T extends readonly [unknown, ...infer Rest] ? Rest : never;

/** How long who decided something may undo it, ms after its answer (rule W2). */
export const UNDO_MS = 10_000;
/** Until when an undo is taken, ms after the act: its answer was on its way, and so is the wish to undo it. */
export const UNDO_UNTIL_MS = UNDO_MS + 3_000;
/** The entry that an undo leaves on the timeline. */
export const UNDO_ENTRY = "undone";

/** Entries that the stream and the clock leave on the timeline. */
export const STREAM_ENTRIES = ["opened", "joined", "recovered", "regressed", "woken"] as const;
export type TimelineKind =
  | (typeof STREAM_ENTRIES)[number]
  | (typeof CASE_VERBS)[CaseVerbName]["entry"]
  | typeof UNDO_ENTRY
  | typeof REVEAL_ENTRY;
export const TIMELINE_KINDS: readonly TimelineKind[] = [
  ...STREAM_ENTRIES,
  ...Object.values(CASE_VERBS).map(({ entry }) => entry),
  UNDO_ENTRY,
  REVEAL_ENTRY,
];
/** Entries of verbs that decide something: each may be undone. */
export type DecisionEntry = {
  [V in CaseVerbName]: (typeof CASE_VERBS)[V] extends { isRemark: true }
    ? never
    : (typeof CASE_VERBS)[V]["entry"];
}[CaseVerbName];
/** What people decide (rule W1), as the timeline has it. */
export const DECISION_ENTRIES: readonly TimelineKind[] = [
  ...CASE_VERB_NAMES.filter(isDecision).map((name) => CASE_VERBS[name].entry),
  UNDO_ENTRY,
];

/** What the queue may be sorted by. */
export const CASE_SORTS = ["premiumAtRisk", "openedAt", "updatedAt"] as const;
