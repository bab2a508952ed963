import { z } from "zod";
import { NODE_ROLES } from "../node-roles.ts";
import { id, instant } from "./common.ts";
import { dispositions, streamName } from "./streams.ts";

const streamStatus = z.object({
  stream: streamName,
  received: z.number().int(),
  dispositions,
  /** What became of the rejected lines: open + replayed + discarded = rejected. A replayed one was received once more. */
  deadLetters: z.object({
    open: z.number().int(),
    replayed: z.number().int(),
    discarded: z.number().int(),
  }),
  unknownFields: z.number().int(),
  ratePerSecond: z.number(),
  lastCommitAt: instant.nullable(),
  lastBatchSize: z.number().int(),
  /** Now minus watermark; null before the first event. */
  lagSeconds: z.number().nullable(),
  /** Greatest accepted event time. */
  watermark: instant.nullable(),
});
export type StreamStatus = z.infer<typeof streamStatus>;

/** GET /api/v1/pipeline */
export const pipelineStatus = z.object({
  /** The server's clock when these figures were read: ages are measured against it. */
  at: instant,
  streams: z.array(streamStatus),
  writer: z.object({
    state: z.enum(["leading", "standby", "recovering", "unavailable"]),
    holder: z.string(),
    epoch: id,
    queuedEvents: z.number().int(),
    lastCommitMs: z.number().nullable(),
  }),
  outbox: z.object({
    /** Deliveries to be made. */
    depth: z.number().int(),
    /** Given up after many attempts: somebody must look. */
    dead: z.number().int(),
    /** Age of the oldest notice that waits. */
    oldestSeconds: z.number().nullable(),
  }),
  /** The newest nightly recomputation from the log; null: none yet. */
  verification: z.object({ at: instant, days: z.number().int(), differences: z.number().int() }).nullable(),
  /** What the newest night's pruning deleted; null: none yet. */
  pruning: z
    .object({
      at: instant,
      /** Months of the log. */
      log: z.number().int(),
      /** Months of last and gross orders. */
      orders: z.number().int(),
      /** Months of dead letters. */
      deadLetters: z.number().int(),
      /** Notices, each with its deliveries. */
      notices: z.number().int(),
      /** Months that are old enough to go and are still needed. */
      kept: z.number().int(),
    })
    .nullable(),
  /** Looks at customers' personal data that were refused within a day: somebody reached what an hour allows. */
  revealsRefused: z.number().int(),
  sockets: z.object({ connected: z.number().int() }),
  /** Every process that serves on this database, by name. */
  nodes: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      role: z.enum(NODE_ROLES),
      isWriter: z.boolean(),
      /** The one that answers. */
      isThis: z.boolean(),
      /** It has said nothing for some seconds. */
      isSilent: z.boolean(),
      build: z.string(),
      sockets: z.number().int(),
      /** Age of the oldest commit that its screens had not been told; 0: none. */
      behindMs: z.number().int(),
      startedAt: instant,
      seenAt: instant,
    }),
  ),
  deadLetters: z.object({
    total: z.number().int(),
    /** Neither replayed nor discarded. */
    open: z.number().int(),
    lastHour: z.number().int(),
  }),
});
export type PipelineStatus = z.infer<typeof pipelineStatus>;
