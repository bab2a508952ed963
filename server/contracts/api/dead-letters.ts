import { z } from "zod";
import { id, instant, listQuery, page } from "./common.ts";
import { dispositions, streamName } from "./streams.ts";

export const letterState = z.enum(["open", "replayed", "discarded"]);
export type LetterState = z.infer<typeof letterState>;

/** What letters are about; both lists take it. */
const letterFilter = z.object({
  /** All states when missing. */
  state: letterState.optional(),
  stream: z.string().max(50).optional(),
  code: z.string().max(50).optional(),
  /** Empty: letters that name no field. */
  field: z.string().max(50).optional(),
  /** Received at or after. */
  from: instant.optional(),
  /** Received before. */
  to: instant.optional(),
});
export type LetterFilter = z.infer<typeof letterFilter>;

/** GET /api/v1/dead-letters : newest first. */
export const deadLettersQuery = listQuery.extend(letterFilter.shape);

export const deadLetter = z.object({
  id,
  stream: streamName,
  line: z.number().int(),
  code: z.string(),
  field: z.string().nullable(),
  message: z.string(),
  receivedAt: instant,
  state: letterState,
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

/** GET /api/v1/dead-letters/reasons : how many letters of each kind, most first. */
export const deadLetterReasonsQuery = letterFilter.pick({ state: true, from: true, to: true });
const deadLetterReason = z.object({
  stream: streamName,
  code: z.string(),
  field: z.string().nullable(),
  count: z.number().int(),
  lastAt: instant,
});
export type DeadLetterReason = z.infer<typeof deadLetterReason>;
export const deadLetterReasons = z.object({ items: z.array(deadLetterReason) });
export type DeadLetterReasons = z.infer<typeof deadLetterReasons>;

/** GET /api/v1/dead-letters/{id} : a letter with its line, personal data masked. */
export const deadLetterDetail = deadLetter.extend({
  /** Whether a person has changed the line since it came. */
  isAmended: z.boolean(),
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
export type ReplayLetterBody = z.infer<typeof replayDeadLetterBody>;

/** What a replay led to; refused again, the letter is open and tells why. */
export const replayedDeadLetter = z.object({
  disposition: dispositions.keyof(),
  letter: deadLetter,
});
export type ReplayedDeadLetter = z.infer<typeof replayedDeadLetter>;

/** POST /api/v1/dead-letters/{id}/discard, If-Match. */
export const discardDeadLetterBody = z.object({ reason });

/** A kind of letters: what was refused for the same cause. */
const letterKind = z.object({
  stream: streamName,
  code: z.string().max(50),
  field: z.string().max(50).nullable(),
  from: instant.optional(),
  to: instant.optional(),
});

/** POST /api/v1/dead-letters/replays : a bounded part of the open letters of a kind, oldest first; then on from `nextCursor`. */
export const replayDeadLettersBody = letterKind.extend({
  cursor: z.string().max(500).optional(),
  reason: reason.optional(),
});
export type ReplayLettersBody = z.infer<typeof replayDeadLettersBody>;
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
export const discardDeadLettersBody = letterKind.extend({ cursor: z.string().max(500).optional(), reason });
export type DiscardLettersBody = z.infer<typeof discardDeadLettersBody>;
export const discardedDeadLetters = z.object({
  discarded: z.number().int(),
  nextCursor: z.string().nullable(),
});
export type DiscardedDeadLetters = z.infer<typeof discardedDeadLetters>;
