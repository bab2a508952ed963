import { z } from "zod";
import { id, instant, listQuery, page } from "./common.ts";
import { dispositions, streamName } from "./streams.ts";

export const deadLetterState = z.enum(["open", "replayed", "discarded"]);
export type DeadLetterState = z.infer<typeof deadLetterState>;

/** What dead letters are about; both lists take it. */
const deadLetterFilter = z.object({
  /** All states when missing. */
  state: deadLetterState.optional(),
  stream: z.string().max(50).optional(),
  code: z.string().max(50).optional(),
  /** Empty: dead letters that name no field. */
  field: z.string().max(50).optional(),
  /** Received at or after. */
  from: instant.optional(),
  /** Received before. */
  to: instant.optional(),
});
export type DeadLetterFilter = z.infer<typeof deadLetterFilter>;

/** GET /api/v1/dead-letters : newest first. */
export const deadLettersQuery = listQuery.extend(deadLetterFilter.shape);

export const deadLetter = z.object({
  id,
  stream: streamName,
  line: z.number().int(),
  code: z.string(),
  field: z.string().nullable(),
  message: z.string(),
  receivedAt: instant,
  state: deadLetterState,
  version: z.number().int(),
  /** Replays that were refused again. */
  attempts: z.number().int(),
  settledAt: instant.nullable(),
  /** Name of who replayed or discarded it. */
  settledBy: z.string().nullable(),
  reason: z.string().nullable(),
});
export type DeadLetter = z.infer<typeof deadLetter>;
export const deadLettersPage = page(deadLetter);
export type DeadLettersPage = z.infer<typeof deadLettersPage>;

/** GET /api/v1/dead-letters/reasons : how many dead letters in each reason group, most first. */
export const reasonGroupsQuery = deadLetterFilter.pick({ state: true, from: true, to: true });
const countedGroup = z.object({
  stream: streamName,
  code: z.string(),
  field: z.string().nullable(),
  count: z.number().int(),
  lastAt: instant,
});
export type CountedGroup = z.infer<typeof countedGroup>;
export const reasonGroups = z.object({ items: z.array(countedGroup) });
export type ReasonGroups = z.infer<typeof reasonGroups>;

/** GET /api/v1/dead-letters/{id} : a dead letter with its line, personal data masked. */
export const deadLetterDetail = deadLetter.extend({
  /** Whether a person has changed the line since it came. */
  isEdited: z.boolean(),
  /** Whether the line could be taken apart; otherwise every field is missing. */
  isReadable: z.boolean(),
  /** Every field of the stream. */
  fields: z.array(
    z.object({
      name: z.string(),
      /** null: missing. */
      shown: z.string().nullable(),
      /** What is shown is not what the line holds. */
      isMasked: z.boolean(),
    }),
  ),
  /** Names of fields that the stream does not have. */
  unknownFields: z.array(z.string()),
});
export type DeadLetterDetail = z.infer<typeof deadLetterDetail>;

const reason = z.string().trim().min(1).max(500);

/** POST /api/v1/dead-letters/{id}/replay, If-Match: the version that was seen. */
export const replayDeadLetterBody = z.object({
  /** Fields to replace before the line is sent; null takes one away. The others stay as they are. */
  fields: z.record(z.string().max(50), z.string().max(4_096).nullable()).optional(),
  reason: reason.optional(),
});
export type ReplayDeadLetterBody = z.infer<typeof replayDeadLetterBody>;

/** What a replay led to; refused again, the dead letter is open and tells why. */
export const replayedDeadLetter = z.object({
  disposition: dispositions.keyof(),
  deadLetter,
});
export type ReplayedDeadLetter = z.infer<typeof replayedDeadLetter>;

/** POST /api/v1/dead-letters/{id}/discard, If-Match. */
export const discardDeadLetterBody = z.object({ reason });

/** A reason group: what was refused for the same cause. */
const reasonGroup = z.object({
  stream: streamName,
  code: z.string().max(50),
  field: z.string().max(50).nullable(),
  from: instant.optional(),
  to: instant.optional(),
});

/** POST /api/v1/dead-letters/replays : a bounded part of the open dead letters of a reason group, oldest first; then on from `nextCursor`. */
export const replayDeadLettersBody = reasonGroup.extend({
  cursor: z.string().max(500).optional(),
  reason: reason.optional(),
});
export type ReplayDeadLettersBody = z.infer<typeof replayDeadLettersBody>;
export const replayedDeadLetters = z.object({
  replayed: z.number().int(),
  /** Refused again: open, with their newest reason. */
  refused: z.number().int(),
  dispositions,
  /** null: none of those that were open at the first request is left. */
  nextCursor: z.string().nullable(),
});
export type ReplayedDeadLetters = z.infer<typeof replayedDeadLetters>;

/** POST /api/v1/dead-letters/discards : likewise. */
export const discardDeadLettersBody = reasonGroup.extend({ cursor: z.string().max(500).optional(), reason });
export type DiscardDeadLettersBody = z.infer<typeof discardDeadLettersBody>;
export const discardedDeadLetters = z.object({
  discarded: z.number().int(),
  nextCursor: z.string().nullable(),
});
export type DiscardedDeadLetters = z.infer<typeof discardedDeadLetters>;
