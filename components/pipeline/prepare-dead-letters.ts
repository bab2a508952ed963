import { REJECT_CODES, type RejectCode } from "#server/contracts/events.ts";
import { LINE_FIELDS, type LineField } from "#server/contracts/line-fields.ts";
import { STREAM_NAMES, type StreamName } from "#server/contracts/streams.ts";

/** Which dead letters are shown; empty text: all. Lives in the URL. */
export interface DeadLetterChoice {
  readonly state: "open" | "replayed" | "discarded" | "all";
  readonly stream: string;
  readonly code: string;
  /** null: any; empty: dead letters that name no field. */
  readonly field: string | null;
  readonly since: Since;
}

export const DEAD_LETTER_STATES = ["open", "replayed", "discarded", "all"] as const;
export const SINCES = ["any", "hour", "day", "week"] as const;
export type Since = (typeof SINCES)[number];

const HOUR_MS = 3_600_000;
const SPANS: Readonly<Record<Since, number | null>> = {
  any: null,
  hour: HOUR_MS,
  day: 24 * HOUR_MS,
  week: 7 * 24 * HOUR_MS,
};

/** Query of the list, or of the reason groups: those are told for all streams and codes. */
export function deadLetterSearch(
  choice: DeadLetterChoice,
  now: number,
  of: "dead-letters" | "reason-groups",
): URLSearchParams {
  const search = new URLSearchParams();
  if (choice.state !== "all") search.set("state", choice.state);
  const span = SPANS[choice.since];
  if (span !== null) search.set("from", new Date(now - span).toISOString());
  if (of === "reason-groups") return search;
  if (choice.stream !== "") search.set("stream", choice.stream);
  if (choice.code !== "") search.set("code", choice.code);
  if (choice.field !== null) search.set("field", choice.field);
  return search;
}

/** Whether anything but the state narrows what is shown. */
export const isNarrowed = ({ stream, code, field, since, state }: DeadLetterChoice): boolean =>
  stream !== "" ||
  code !== "" ||
  field !== null ||
  since !== "any" ||
  state === "replayed" ||
  state === "discarded";

const FIELDS: ReadonlyMap<string, LineField> = new Map(
  STREAM_NAMES.flatMap((stream) => LINE_FIELDS[stream].map((field) => [field.name, field] as const)),
);

/** What tells that a field is ours, and so has a name in words. */
export const knownField = (name: string): LineField | undefined => FIELDS.get(name);

type LineCode = "bad_utf8" | "bad_type" | "too_long";
/** Every code has words of its own; one that a newer server sends is told as another. */
export type ReasonKey = RejectCode | `${LineCode}_line` | "bad_type_id" | "other";

const isLineCode = (code: RejectCode): code is LineCode =>
  ["bad_utf8", "bad_type", "too_long"].includes(code);

/** Which words tell why a line was refused: by its code and its field. */
export function reasonKey(code: string, field: string | null): ReasonKey {
  const known = REJECT_CODES.find((each) => each === code);
  if (known === undefined) return "other";
  if (field === null) return isLineCode(known) ? `${known}_line` : known === "bad_json" ? known : "other";
  if (known === "bad_type" && knownField(field)?.kind === "id") return "bad_type_id";
  return known;
}

/** What a person wrote into the form of a line. */
export interface FieldEntry {
  readonly name: string;
  /** null: missing. */
  readonly shown: string | null;
  readonly isMasked: boolean;
  /** What stands in the input now. */
  readonly text: string;
  /** Whether a masked value is to be taken away. */
  readonly isTaken: boolean;
}

/**
 * The fields that differ from what was sent: only those travel. A masked one that was left empty keeps what was sent.
 */
export function replacedFields(entries: readonly FieldEntry[]): Record<string, string | null> {
  const replaced: Record<string, string | null> = {};
  for (const { name, shown, isMasked, text, isTaken } of entries) {
    if (isTaken) replaced[name] = null;
    else if (isMasked) {
      if (text !== "") replaced[name] = text;
    } else if (text !== (shown ?? "")) replaced[name] = text === "" ? null : text;
  }
  return replaced;
}

/** Reason groups of the streams chosen, most first as they came. */
export const groupsOf = <G extends { readonly stream: StreamName }>(
  groups: readonly G[],
  stream: string,
): G[] => groups.filter((group) => stream === "" || group.stream === stream);
