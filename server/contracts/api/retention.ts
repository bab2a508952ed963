import { z } from "zod";
import {
  CALL_RESULTS,
  CASE_SORTS,
  CASE_STATES,
  CASE_VERBS,
  type CaseVerbName,
  hasBody,
  OUTCOMES,
  TIMELINE_KINDS,
  type VerbField,
} from "../cases.ts";
import { oneLine } from "../one-line.ts";
import { CONTACT_BARS, REVEAL_FIELDS, REVEAL_REASONS } from "../reveal.ts";
import { id, instant, listQuery, money, page } from "./common.ts";

export const caseState = z.enum(CASE_STATES);
export const outcome = z.enum(OUTCOMES);

/** Immutable evidence (rule K7). */
export const occurrence = z.object({
  id: z.string(),
  rules: z.array(z.enum(["step", "cumulative"])),
  ruleVersion: z.number().int(),
  /** Thresholds of that version, percent. */
  stepPercent: z.string(),
  cumulativePercent: z.string(),
  baselineBefore: money,
  /** Highest baseline since listing or since the last closed case, at that moment (rule K5). */
  anchor: money,
  amountNow: money,
  dropPercent: z.string(),
  infoBefore: z.string().nullable(),
  infoNow: z.string().nullable(),
  eventTime: instant,
  detectedAt: instant,
  seq: id,
});
export type Occurrence = z.infer<typeof occurrence>;
export const foundOccurrence = occurrence.extend({ userId: id, caseId: id });
export const occurrencesQuery = listQuery.extend({
  userId: id.optional(),
  from: instant.optional(),
  to: instant.optional(),
});

export const person = z.object({ id: z.string(), name: z.string() });

/** A case in the queue (rule K8). */
export const caseSummary = z.object({
  id,
  userId: id,
  state: caseState,
  version: z.number().int(),
  assignee: person.nullable(),
  outcome: outcome.nullable(),
  premiumAtRisk: money,
  baselineBefore: money,
  /** What the premium at risk is measured from (rule K5). */
  anchor: money,
  amountNow: money,
  /** Percent of the anchor given up, one decimal, e.g. "24.8"; "0.0" when recovered. */
  dropPercent: z.string(),
  rules: z.array(z.string()),
  occurrenceCount: z.number().int(),
  openedAt: instant,
  updatedAt: instant,
  closedAt: instant.nullable(),
  /** Masked name and telephone of the user's newest order, if any is known. */
  customerName: z.string().nullable(),
  customerTel: z.string().nullable(),
});
export type CaseSummary = z.infer<typeof caseSummary>;

export const timelineEntry = z.object({
  id,
  at: instant,
  /** null: the stream. */
  actor: person.nullable(),
  kind: z.enum(TIMELINE_KINDS),
  body: z.record(z.string(), z.unknown()),
});
export type TimelineEntry = z.infer<typeof timelineEntry>;

/** What stands against calling a customer, and how often that was done. */
export const customerContact = z.object({
  /** Since when the customer is not to be contacted, and who was told so; null: nobody was. */
  barred: z.object({ at: instant, by: person.nullable() }).nullable(),
  /** How often the customer was reached within the days of the limit. */
  reached: z.number().int(),
  /** So often within so many days; 0 times: no limit. */
  limit: z.object({ times: z.number().int(), days: z.number().int() }),
});
export type CustomerContact = z.infer<typeof customerContact>;

/** GET /api/v1/retention/cases/{id} */
export const caseDetail = caseSummary.extend({
  contact: customerContact,
  occurrences: z.array(occurrence),
  timeline: z.array(timelineEntry),
});
export type CaseDetail = z.infer<typeof caseDetail>;

export const casesQuery = listQuery.extend({
  /** One state, several with commas, `open` for all but closed, or `now` for those that need somebody. */
  state: z.string().max(100).optional(),
  /** A person's id, `me` or `none`. */
  assignee: z.string().max(100).optional(),
  userId: id.optional(),
  /** A customer number, or its last digits. */
  find: z
    .string()
    .trim()
    .regex(/^\d{1,19}$/, "A customer number has digits alone, 19 at most.")
    .optional(),
  sort: z.enum(CASE_SORTS).default("premiumAtRisk"),
});
export const casesPage = page(caseSummary);
export type CasesPage = z.infer<typeof casesPage>;

/** GET /api/v1/retention/owners : people who may have cases, or have some, by name. */
export const owners = z.object({ items: z.array(person) });
export type Owners = z.infer<typeof owners>;

/** Of one assignee's cases alone, or of those that nobody has. */
export const countsQuery = casesQuery.pick({ assignee: true });
/** GET /api/v1/retention/counts */
export const caseCounts = z.object({
  byState: z.record(caseState, z.number().int()),
  open: z.number().int(),
  /** Those that need somebody. */
  now: z.number().int(),
});
export type CaseCounts = z.infer<typeof caseCounts>;

const VERB_FIELDS: Readonly<Record<VerbField, z.ZodType>> = {
  text: z.string().trim().min(1).max(4000),
  optionalText: z.string().trim().max(4000).optional(),
  instant,
  optionalInstant: instant.optional(),
  outcome,
  callResult: z.enum(CALL_RESULTS),
};

/** Body of a verb, made of the fields that CASE_VERBS gives it; null: it takes none. A verb that decides needs If-Match. */
export function verbBody(name: CaseVerbName): z.ZodType | null {
  if (!hasBody(name)) return null;
  const fields = Object.entries<VerbField>(CASE_VERBS[name].body);
  return z.object(Object.fromEntries(fields.map(([field, kind]) => [field, VERB_FIELDS[kind]])));
}

export const revealBody = z
  .object({
    field: z.enum(REVEAL_FIELDS),
    reason: z.enum(REVEAL_REASONS),
    note: oneLine(500).optional(),
    /** Calls a customer all the same who is not to be contacted, or was often enough: it is audited. */
    overrides: z.array(z.enum(CONTACT_BARS)).optional(),
  })
  .refine(({ reason, note }) => reason !== "other" || note, {
    path: ["note"],
    message: "say in words why, when the reason is another one",
  });
export type RevealBody = z.infer<typeof revealBody>;
/** POST /api/v1/retention/cases/{id}/reveal */
export const revealed = z.object({
  field: z.enum(REVEAL_FIELDS),
  value: z.string(),
  /** Screens mask it again then. */
  until: instant,
  /** How often the person has revealed something within the hour, and may. */
  count: z.number().int(),
  limit: z.number().int(),
});
export type Revealed = z.infer<typeof revealed>;

/** An act on a case: the entry that it left on the timeline. */
const actOnCase = z.object({ case: id, entry: id });
export const undoBody = z.object({ acts: z.array(actOnCase).min(1).max(500) });
/** Why an act was left as it is. */
export const UNDO_REFUSALS = ["not_yours", "too_late", "acted_since", "moved_since", "other_case"] as const;
export type UndoRefusal = (typeof UNDO_REFUSALS)[number];
/** POST /api/v1/retention/undo : what became of each act, in the order asked for (rule W2). */
export const undoAnswer = z.object({
  items: z.array(
    z.object({
      case: caseSummary,
      /** null: it is undone. */
      refused: z.enum(UNDO_REFUSALS).nullable(),
      /** Who has decided about the case since, where somebody has. */
      by: person.nullable(),
    }),
  ),
});
export type UndoAnswer = z.infer<typeof undoAnswer>;

/** GET /api/v1/retention/cases/{id}/history : the insured amount over time, oldest first. */
export const premiumPoint = z.object({
  at: instant,
  amount: money,
  info: z.string().nullable(),
  source: z.string(),
});
export type PremiumPoint = z.infer<typeof premiumPoint>;
