import type pg from "pg";
import type { Log } from "../lib/log.ts";
import { backOffMs, MAX_ATTEMPTS } from "./back-off.ts";
import type { Channel } from "./channel.ts";
import {
  type Claim,
  claimDeliveries,
  dropDelivery,
  markDelivered,
  markFailed,
  routeNotices,
} from "./outbox.ts";
import { PERSONAL, type PersonalMail } from "./personal-mail.ts";

/** How often the outbox is looked at when nobody calls, ms. */
const RHYTHM_MS = 1_000;
/** After this an attempt of a dead process is taken over, ms; longer than any channel waits for its answer. */
const CLAIM_MS = 60_000;
const MAX_AT_ONCE = 20;
const MAX_ROUTED = 1_000;
const MAX_REASON = 200;

export interface NotifierOptions {
  readonly pool: pg.Pool;
  /** Asked at each look: administrators open and close them while it runs. */
  readonly channels: () => Promise<readonly Channel[]>;
  /** The way to single people, asked as the channels are; unset, or null: there is none. */
  readonly personal?: () => Promise<PersonalMail | null>;
  /**
   * Whether this process decides by which ways a notice goes. One that lacks a way of another process's leaves it to that one: what is routed
   * without a way never goes by it. Unset: it does.
   */
  readonly mayRoute?: (ways: readonly string[]) => Promise<boolean>;
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  readonly claimMs?: number;
}

/**
 * Carries notices from the outbox to the channels and to single people: each at least once, under one key (rule K9). Any number of processes
 * may run one; a delivery is one process's at a time.
 */
export class Notifier {
  readonly #options: NotifierOptions;
  /** By lane, what is under way. */
  readonly #passing = new Map<string | null, Promise<number>>();
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> = Promise.resolve();
  #lastPassAt: number | null = null;
  #ways: readonly string[] = [];

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#looking = this.#looking.then(() => this.#look());
    }, RHYTHM_MS);
  }

  /** Waits for the attempts under way. */
  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#looking;
    await Promise.allSettled(this.#passing.values()); // failures were logged
  }

  /** When the outbox was last processed without a failure of our own, ms; null: never. */
  lastPassAt(): number | null {
    return this.#lastPassAt;
  }

  /** By what this process could carry notices when it last looked. */
  ways(): readonly string[] {
    return this.#ways;
  }

  /** Routes what is new and tries what is due. @returns how many attempts were made */
  async pass(): Promise<number> {
    const open = await this.#open();
    await this.#route(open); // before, so that each lane finds its share
    const attempts = await Promise.all(lanesOf(open).map((lane) => this.#pass(lane, open)));
    return attempts.reduce((sum, count) => sum + count, 0);
  }

  async #look(): Promise<void> {
    try {
      const open = await this.#open();
      for (const lane of lanesOf(open)) void this.#passQuietly(lane, open);
    } catch (error) {
      this.#options.log.warn({ err: error }, "the channels of the notices could not be opened");
    }
  }

  async #open(): Promise<Open> {
    const { channels, personal } = this.#options;
    const byName = new Map((await channels()).map((channel) => [channel.name, channel]));
    const open = { channels: byName, personal: (await personal?.()) ?? null };
    this.#ways = [...byName.keys(), ...(open.personal ? [PERSONAL] : [])];
    return open;
  }

  async #route(open: Open): Promise<void> {
    const { pool, now, mayRoute } = this.#options;
    if (mayRoute && !(await mayRoute(this.#ways))) return;
    const ways = { channels: [...open.channels.keys()], isPersonal: open.personal !== null };
    await routeNotices(pool, ways, new Date(now()), MAX_ROUTED);
  }

  async #pass(lane: string | null, open: Open): Promise<number> {
    const { pool, now, claimMs = CLAIM_MS } = this.#options;
    const known = waysOf(open);
    const claims = await claimDeliveries(pool, { lane, known }, new Date(now()), claimMs, MAX_AT_ONCE);
    await Promise.all(claims.map((claim) => this.#attempt(claim, open)));
    this.#lastPassAt = now();
    return claims.length;
  }

  async #passQuietly(lane: string | null, open: Open): Promise<void> {
    if (this.#passing.has(lane)) return;
    const passing = this.#route(open).then(() => this.#pass(lane, open));
    this.#passing.set(lane, passing);
    try {
      await passing;
    } catch (error) {
      this.#options.log.warn({ err: error }, "the outbox was not processed");
    } finally {
      this.#passing.delete(lane);
    }
  }

  async #attempt(claim: Claim, open: Open): Promise<void> {
    const { pool, now } = this.#options;
    let isTold: boolean;
    try {
      isTold = await tell(claim, open);
    } catch (error) {
      return this.#failed(claim, (error as Error).message.slice(0, MAX_REASON));
    }
    if (isTold) await markDelivered(pool, claim.id, new Date(now()));
    else await dropDelivery(pool, claim);
  }

  async #failed(claim: Claim, reason: string): Promise<void> {
    const { pool, now, random, log } = this.#options;
    const isLast = claim.attempts >= MAX_ATTEMPTS;
    const next = isLast ? null : new Date(now() + backOffMs(claim.attempts, random()));
    log.warn(
      { delivery: claim.id, channel: claim.channel, attempts: claim.attempts, reason },
      "not delivered",
    );
    await markFailed(pool, claim, reason, next);
  }
}

/** The ways that are open. */
interface Open {
  readonly channels: ReadonlyMap<string, Channel>;
  readonly personal: PersonalMail | null;
}

/** @returns false: the person is not to be told it @throws it was not taken over */
async function tell({ channel: name, receiver, notice }: Claim, open: Open): Promise<boolean> {
  if (receiver !== null) {
    if (!open.personal) throw notConfigured();
    return open.personal.send(receiver, notice);
  }
  const channel = open.channels.get(name);
  if (!channel) throw notConfigured();
  await channel.send(notice);
  return true;
}

const notConfigured = () => new Error("the channel is not configured");

const waysOf = ({ channels, personal }: Open): string[] => [
  ...channels.keys(),
  ...(personal ? [PERSONAL] : []),
];

/** One a way, and null: whatever was routed to another one. A way that is slow holds up no other. */
const lanesOf = (open: Open): (string | null)[] => [...waysOf(open), null];
