import { AUDIT_ACTIONS, AUDIT_NOUNS, type AuditAction } from "#server/contracts/audit-actions.ts";
import { isSingleSignOnRefusal } from "#server/contracts/single-sign-on.ts";
import { shortenedId } from "../ui/shortened-id.ts";

/** What the log is narrowed by, as the address has it; "" is nothing. */
export interface AuditChoice {
  readonly text: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  /** Business dates, yyyy-mm-dd. */
  readonly from: string;
  readonly to: string;
}

/** The whole log. */
export const WHOLE_LOG: AuditChoice = { text: "", actor: "", action: "", subject: "", from: "", to: "" };

export const isNarrowed = (choice: AuditChoice): boolean => searchOf(choice).size > 0;

/** What the server is asked: of the choice, what is chosen. */
export function searchOf(choice: AuditChoice): URLSearchParams {
  const names = Object.keys(WHOLE_LOG) as (keyof AuditChoice)[];
  return new URLSearchParams(names.flatMap((name) => (choice[name] === "" ? [] : [[name, choice[name]]])));
}

/** Every act that there may be, by noun. */
export const ACTS_BY_NOUN = AUDIT_NOUNS.map((noun) => ({
  noun,
  acts: AUDIT_ACTIONS[noun].map((verb) => `${noun}.${verb}` as AuditAction),
}));

const ALL_ACTS: ReadonlySet<string> = new Set(ACTS_BY_NOUN.flatMap(({ acts }) => acts));

/** Whether there are words for this act: an entry of another build may hold one that is not known here. */
export const isKnownAct = (action: string): action is AuditAction => ALL_ACTS.has(action);

/** How subjects begin, and the words for each kind. */
const SUBJECTS = [
  ["person ", "person"],
  ["api-key ", "apiKey"],
  ["key user ", "keyUser"],
  ["case ", "case"],
  ["import ", "import"],
  ["list ", "list"],
  ["alert rules ", "alertRules"],
  ["settings ", "settings"],
  ["proposal ", "proposal"],
  ["business day ", "day"],
  ["dead letter ", "deadLetter"],
  ["delivery ", "delivery"],
  ["stream ", "stream"],
  ["right ", "right"],
] as const;
const WHOLE_SUBJECTS = ["installation", "unknown", "various"] as const;

/** What stands in words for a subject; null: it is shown as it was recorded. */
export type SubjectWords =
  | { readonly kind: (typeof SUBJECTS)[number][1]; readonly id: string }
  | { readonly kind: (typeof WHOLE_SUBJECTS)[number]; readonly id: "" };

export function subjectWords(subject: string): SubjectWords | null {
  const whole = WHOLE_SUBJECTS.find((each) => each === subject);
  if (whole) return { kind: whole, id: "" };
  const found = SUBJECTS.find(([start]) => subject.startsWith(start));
  return found ? { kind: found[1], id: shortenedId(subject.slice(found[0].length)) } : null;
}

/** Reasons that the system itself gives. */
const REASONS = {
  "wrong password": "wrongPassword",
  "too many tries": "tooManyTries",
  "by the link that was given": "byLink",
  calling: "calling",
  identity: "identity",
  complaint: "complaint",
  other: "other",
  various: "various",
} as const;
const isOwnReason = (reason: string): reason is keyof typeof REASONS => Object.hasOwn(REASONS, reason);
export const reasonWords = (reason: string) =>
  isOwnReason(reason) ? REASONS[reason] : isSingleSignOnRefusal(reason) ? reason : null;

/** Details as names with their values, nested ones by their path, without what a column shows already. */
export function detailsOf(
  details: Readonly<Record<string, unknown>>,
): readonly (readonly [name: string, value: unknown])[] {
  return Object.entries(details).flatMap(([name, value]) => (name === "reason" ? [] : flat(name, value)));
}

function flat(name: string, value: unknown): (readonly [string, unknown])[] {
  if (value === null || value === undefined) return [[name, "—"]];
  if (Array.isArray(value)) return [[name, value.map(String).join(", ") || "—"]];
  if (typeof value === "object") {
    return Object.entries(value).flatMap(([inner, each]) => flat(`${name}.${inner}`, each));
  }
  return [[name, value]];
}
