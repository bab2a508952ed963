import type { AudienceNow } from "./api/audience.ts";
import type { HourFigures, Move } from "./api/orders.ts";
import type { PipelineStatus } from "./api/pipeline.ts";
import type { CaseSummary } from "./api/retention.ts";
import type { ClosedDay } from "./committed.ts";

/** How many moves of a day a server lists: the newest. */
export const LISTED_MOVES = 50;

/**
 * What travels over Socket.IO. A patch carries the newest state of each key that changed in (from, to], two commit
 * positions of one epoch; it is idempotent. A reader that has `have` applies it when from <= have <= to, drops it when
 * to < have, and takes a fresh snapshot (the page's own query) when have < from or the epoch differs. (What is sent whole may
 * be newer than a position that has not moved; applying a state twice is harmless.)
 */
export interface Patch<Body> {
  readonly epoch: string;
  readonly from: number;
  readonly to: number;
  /** Server's clock at sending, ms: the age of data is measured against it. */
  readonly sentAt: number;
  readonly body: Body;
}

/** Bodies by topic. The server chooses topics by role; a client never names one. */
export interface TopicBodies {
  /** Changed hours, newest state; `gone` lists hours without any figures left. */
  orders: {
    readonly hours: readonly HourFigures[];
    readonly gone: readonly string[];
    /** Business dates that were closed or revised. */
    readonly days: readonly ClosedDay[];
    readonly completeTo: string | null;
    readonly moves: readonly Move[];
    /** All that moved, listed or not. */
    readonly moveCount: number;
    readonly movesPerSecond: number;
  };
  /** Cases in their newest state; null: so many changed that the queue is to be read anew. */
  retention: { readonly cases: readonly CaseSummary[] | null };
  /** Ids of key users whose row changed; null: so many that the list is to be read anew. */
  "key-users": { readonly userIds: readonly string[] | null };
  audience: Omit<AudienceNow, "snapshot">;
  pipeline: PipelineStatus;
}
export type Topic = keyof TopicBodies;
export const TOPICS = [
  "orders",
  "retention",
  "key-users",
  "audience",
  "pipeline",
] as const satisfies readonly Topic[];

/** Place of each topic that a reader has, sent on (re)connect. */
export type ResumeCursors = Partial<Record<Topic, { readonly epoch: string; readonly position: number }>>;

export interface ServerToClient {
  /** Answer to `resume`: the topics of this reader, and the server's build. Missed patches follow as `patch`. */
  welcome: (message: {
    readonly epoch: string;
    readonly topics: readonly Topic[];
    readonly build: string;
    /** Of whoever reads: with another one than before, the page they are on may not be theirs any more. */
    readonly role: string;
    readonly now: number;
    /** Topics whose missed patches are not held any more: read the snapshot. */
    readonly stale: readonly Topic[];
  }) => void;
  patch: <T extends Topic>(topic: T, patch: Patch<TopicBodies[T]>) => void;
  /** Every second: the connection lives, and every topic is complete up to here. */
  heartbeat: (message: { readonly epoch: string; readonly position: number; readonly now: number }) => void;
}

export interface ClientToServer {
  resume: (held: ResumeCursors) => void;
}
