import type { Move } from "../contracts/api/orders.ts";
import { dateOfHour } from "../contracts/business-time.ts";
import type { Committed } from "../contracts/committed.ts";
import type { Patch, ResumeCursors, Topic, TopicBodies } from "../contracts/live.ts";
import { LISTED_MOVES, TOPICS } from "../contracts/live.ts";
import { STREAM_NAMES, type StreamName } from "../contracts/streams.ts";
import type { FeedPage } from "../db/commit-feed.ts";
import { repeat } from "../lib/repeat.ts";
import { FeedFollower, type FollowedFeed } from "./feed-follower.ts";
import { customersIn, NO_SEGMENTS, type Segments } from "./narrow.ts";
import { PatchRing } from "./patch-ring.ts";
import { Rate } from "./rates.ts";
import { type Loaders, Pending } from "./topics.ts";

/** Patches are sent at this rhythm, ms. */
export const TICK_MS = 100;
const HEARTBEAT_MS = 1_000;
/** Of each of the newest days: a busy day does not push out what moved on the one before. */
const KEPT_DAYS = 3;
/** The feed is read again so long after it could not be, ms. */
const READ_AGAIN_MS = 1_000;

/** Who receives: the Socket.IO shell, or a test. */
export interface Subscribers {
  /** To every reader of the topic; of what names customers, to each what is in their scope. */
  broadcast<T extends Topic>(topic: T, patch: Patch<TopicBodies[T]>, segments: Segments): void;
  heartbeat(message: { epoch: string; position: number; now: number }): void;
  /** Every reader is to read everything anew. */
  invalidateAll(): void;
}

export interface HubOptions {
  readonly epoch: string;
  /** Commit position at the start: older places need a snapshot. */
  readonly position: number;
  /** Some commits up to there, oldest first: their moves are listed. */
  readonly past?: readonly Committed[];
  readonly feed: FollowedFeed["read"];
  readonly loaders: Loaders;
  readonly now: () => number;
  /** The database has another history than at the start, or an earlier end of it: what is held here is of no use any more. */
  readonly onOtherHistory: () => void;
  /** The data was wiped, by whichever process. */
  readonly onWiped: () => void;
  readonly onError: (error: unknown) => void;
}

interface Missed {
  readonly topic: Topic;
  readonly patch: Patch<TopicBodies[Topic]>;
  readonly segments: Segments;
}

/** Answer to a reader that tells where it stands. */
export interface Resumption {
  readonly missed: readonly Missed[];
  readonly stale: readonly Topic[];
}

/**
 * Turns commits into patches: collects until the tick, sends each topic's newest state once, and keeps the latest
 * patches for readers that come back. Knows nothing of sockets.
 */
export class Hub {
  readonly #options: HubOptions;
  readonly #rings: Readonly<Record<Topic, PatchRing>>;
  readonly #sent: Record<Topic, number>;
  readonly #rates = new Map<StreamName, Rate>(STREAM_NAMES.map((stream) => [stream, new Rate()]));
  readonly #moveRate = new Rate();
  #stops: readonly (() => Promise<void>)[] = [];
  #subscribers: Subscribers | null = null;
  #pending = new Pending();
  #position: number;
  /** Everything up to here has been sent. */
  #ticked: number;
  /** By business date, newest first. */
  readonly #moves = new Map<string, readonly Move[]>();
  #ticking = false;
  readonly #follower: FeedFollower;
  #readsAt = Number.NEGATIVE_INFINITY;
  #lastWhole: Partial<Record<"audience" | "pipeline", string>> = {};

  constructor(options: HubOptions) {
    this.#options = options;
    this.#position = options.position;
    this.#ticked = options.position;
    this.#follower = new FeedFollower({
      position: options.position,
      read: (after, limit) => this.#read(after, limit),
      publish: (committed) => this.#take(committed),
      skip: (position) => this.#skip(position),
    });
    const each = <V>(make: () => V) => Object.fromEntries(TOPICS.map((topic) => [topic, make()]));
    this.#rings = each(() => new PatchRing(options.position)) as Record<Topic, PatchRing>;
    this.#sent = each(() => options.position) as Record<Topic, number>;
    for (const { moves } of options.past ?? []) this.#keepMoves(moves);
  }

  /** Commit position up to which screens are told. */
  get position(): number {
    return this.#position;
  }

  start(subscribers: Subscribers): void {
    this.#subscribers = subscribers;
    this.#stops = [
      repeat(() => this.follow(), TICK_MS),
      repeat(() => this.tick(), TICK_MS),
      repeat(() => this.heartbeat(), HEARTBEAT_MS),
    ];
  }

  /** Waits for what is being sent. */
  async stop(): Promise<void> {
    await Promise.all(this.#stops.map((stop) => stop()));
  }

  /** A commit of this process: call after it, in any order of positions. */
  publish(committed: Committed): void {
    this.#follower.tell(committed);
  }

  /** The next commit. */
  #take(committed: Committed): void {
    const now = this.#options.now();
    if (committed.wiped) this.#forget();
    this.#pending.add(committed);
    this.#position = committed.position;
    for (const [stream, count] of Object.entries(committed.received)) {
      this.#rates.get(stream as StreamName)?.add(count, now);
    }
    this.#moveRate.add(committed.moveCount, now);
    this.#keepMoves(committed.moves);
  }

  /** Sends what was committed since the last tick. */
  async tick(): Promise<void> {
    if (this.#ticking) return; // a slow loader: this tick's commits go with the next
    this.#ticking = true;
    const pending = this.#pending;
    const position = this.#position;
    this.#pending = new Pending();
    try {
      const bodies = await pending.bodies(this.#options.loaders, this.#moveRate.at(this.#options.now()));
      const customers = customersIn(bodies);
      const segments = customers.length > 0 ? await this.#options.loaders.segments(customers) : NO_SEGMENTS;
      for (const topic of TOPICS) {
        const body = bodies[topic];
        if (body) this.#send(topic, position, body, segments);
      }
      this.#ticked = position;
    } catch (error) {
      this.#pending = pending.followedBy(this.#pending); // nothing is lost: it goes with the next tick
      this.#options.onError(error);
    } finally {
      this.#ticking = false;
    }
  }

  /** What a reader of these topics has missed since its resume cursors. */
  resume(topics: readonly Topic[], cursors: ResumeCursors): Resumption {
    const missed: Missed[] = [];
    const stale: Topic[] = [];
    for (const topic of topics) {
      const cursor = cursors[topic];
      if (!cursor) continue;
      const patches = cursor.epoch === this.#options.epoch ? this.#rings[topic].since(cursor.position) : null;
      if (patches)
        for (const { patch, segments } of patches)
          missed.push({ topic, patch: patch as Patch<TopicBodies[Topic]>, segments });
      else stale.push(topic);
    }
    return { missed, stale };
  }

  rate(stream: string): number {
    return this.#rates.get(stream as StreamName)?.at(this.#options.now()) ?? 0;
  }

  recentMoves(date: string): { items: readonly Move[]; perSecond: number } {
    return { items: this.#moves.get(date) ?? [], perSecond: this.#moveRate.at(this.#options.now()) };
  }

  #keepMoves(moves: readonly Move[]): void {
    for (const [date, ofDay] of Map.groupBy(moves, (move) => dateOfHour(move.bizHour))) {
      const kept = [...ofDay.toReversed(), ...(this.#moves.get(date) ?? [])].slice(0, LISTED_MOVES);
      this.#moves.set(date, kept);
    }
    const dates = [...this.#moves.keys()].sort();
    for (const date of dates.slice(0, -KEPT_DAYS)) this.#moves.delete(date);
  }

  #send<T extends Topic>(topic: T, to: number, body: TopicBodies[T], segments: Segments): void {
    const { epoch, now } = this.#options;
    const patch: Patch<TopicBodies[T]> = { epoch, from: this.#sent[topic], to, sentAt: now(), body };
    this.#sent[topic] = to;
    this.#rings[topic].add({ patch, bytes: JSON.stringify(patch).length, segments });
    this.#subscribers?.broadcast(topic, patch, segments);
  }

  /**
   * Reads what other processes have committed, and sends it at once. Beside the tick: what this process commits itself does not wait for the
   * database to answer.
   */
  async follow(): Promise<void> {
    if (performance.now() < this.#readsAt) return;
    const before = this.#position;
    try {
      await this.#follower.follow();
      if (this.#position > before) await this.tick();
    } catch (error) {
      this.#readsAt = performance.now() + READ_AGAIN_MS;
      this.#options.onError(error);
    }
  }

  async #read(after: number, limit: number): Promise<FeedPage> {
    const page = await this.#options.feed(after, limit);
    if (page.epoch === this.#options.epoch && page.stored >= after) return page;
    this.#options.onOtherHistory();
    return { ...page, stored: after, commits: [] };
  }

  /** Commits up to `position` are told to nobody: every reader reads what stands now. */
  #skip(position: number): void {
    this.#position = position;
    for (const topic of TOPICS) this.#rings[topic].reset(position);
    this.#subscribers?.invalidateAll();
  }

  #forget(): void {
    this.#moves.clear();
    this.#options.onWiped();
  }

  /** A sign of life, with what is sent whole. */
  async heartbeat(): Promise<void> {
    const { epoch, now, loaders, onError } = this.#options;
    try {
      await this.#sendWhole("audience", await loaders.audience());
      await this.#sendWhole("pipeline", await loaders.pipeline());
    } catch (error) {
      onError(error);
    }
    this.#subscribers?.heartbeat({ epoch, position: this.#ticked, now: now() });
  }

  /** Topics that are one small state: sent whole when changed, so any reader can take any of them. */
  async #sendWhole<T extends "audience" | "pipeline">(topic: T, body: TopicBodies[T]): Promise<void> {
    const text = JSON.stringify(body);
    if (this.#lastWhole[topic] === text) return;
    this.#lastWhole[topic] = text;
    const { epoch, now } = this.#options;
    const patch = { epoch, from: 0, to: this.#position, sentAt: now(), body };
    this.#subscribers?.broadcast(topic, patch, NO_SEGMENTS);
  }
}
