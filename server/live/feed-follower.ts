import type { Committed } from "../contracts/committed.ts";
import type { FeedPage } from "../db/commit-feed.ts";

/** Commits a read. */
const PAGE = 500;
/** Whoever is further behind starts from where the database stands: reading snapshots is less than telling so much. */
const MOST_BEHIND = 5_000;

export interface FollowedFeed {
  /** Where the database stood at the start: what came before is in every snapshot. */
  readonly position: number;
  readonly read: (after: number, limit: number) => Promise<FeedPage>;
  /** Each commit once, in the order of positions. */
  readonly publish: (committed: Committed) => void;
  /** What was committed up to `position` is not told: the feed does not hold it any more, or it is too much. */
  readonly skip: (position: number) => void;
}

/**
 * Follows the commit feed: one road for commits of this process, of others, and those whose answer was lost. A commit of this process is
 * published as soon as it is told, if it is the next one; else with the read that brings those before it.
 */
export class FeedFollower {
  readonly #feed: FollowedFeed;
  /** Everything up to here is published or skipped. */
  #through: number;
  /** Told or read, and not yet the next one. */
  readonly #early = new Map<number, Committed>();

  constructor(feed: FollowedFeed) {
    this.#feed = feed;
    this.#through = feed.position;
  }

  /** A commit of this process, after it was made; in any order. */
  tell(committed: Committed): void {
    if (committed.position > this.#through) this.#early.set(committed.position, committed);
    this.#publishNext();
  }

  /** Publishes what the database holds by now. @throws what reading throws; the next call goes on from there */
  async follow(): Promise<void> {
    for (;;) {
      const after = this.#through;
      const { stored, commits } = await this.#feed.read(after, PAGE);
      if (stored - after > MOST_BEHIND) this.#skipTo(stored);
      else {
        const held = commits[0]?.position ?? stored + 1;
        if (held > after + 1) this.#skipTo(held - 1);
        for (const committed of commits) this.tell(committed);
      }
      if (commits.length < PAGE || this.#through >= stored) return;
    }
  }

  #skipTo(position: number): void {
    if (position <= this.#through) return; // told meanwhile by this process itself
    this.#through = position;
    for (const early of this.#early.keys()) if (early <= position) this.#early.delete(early);
    this.#feed.skip(position);
    this.#publishNext();
  }

  #publishNext(): void {
    for (;;) {
      const next = this.#early.get(this.#through + 1);
      if (!next) return;
      this.#early.delete(next.position);
      this.#through = next.position;
      this.#feed.publish(next);
    }
  }
}
