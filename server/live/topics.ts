import type { HourFigures } from "../contracts/api/orders.ts";
import type { CaseSummary } from "../contracts/api/retention.ts";
import type { ClosedDay, Committed, HourAggregate } from "../contracts/committed.ts";
import type { Topic, TopicBodies } from "../contracts/live.ts";
import type { Segments } from "./narrow.ts";

/** What the hub asks others for when a tick comes. */
export interface Loaders {
  readonly hourFigures: (hour: HourAggregate) => HourFigures;
  /** Cases in their newest state. */
  readonly cases: (ids: readonly bigint[]) => Promise<CaseSummary[]>;
  readonly audience: () => Promise<TopicBodies["audience"]>;
  readonly pipeline: () => Promise<TopicBodies["pipeline"]>;
  /** Segments of customers as they stand. */
  readonly segments: (userIds: readonly string[]) => Promise<Segments>;
}

const MAX_KEY_USERS = 200;
const MAX_CASES = 500;
const MAX_MOVES = 30;

/**
 * What has been committed since the last tick, by topic: the newest state of each key, so any number of commits
 * becomes one patch. Pure but for the loaders.
 */
export class Pending {
  readonly #hours = new Map<string, HourAggregate>();
  readonly #caseIds = new Set<bigint>();
  readonly #keyUserIds = new Set<string>();
  #manyKeyUsers = false;
  #movesScopes = false;
  /** Newest revision by date. */
  readonly #days = new Map<string, number>();
  #moves: Committed["moves"] = [];
  #moveCount = 0;
  #watermark: number | null = null;

  add(committed: Committed): void {
    for (const hour of committed.hours) this.#hours.set(hour.bizHour, hour);
    this.#noteDays(committed.days);
    for (const id of committed.caseIds) this.#caseIds.add(id);
    this.#movesScopes ||= committed.movesScopes === true;
    if (committed.keyUserIds === null) this.#manyKeyUsers = true;
    else for (const id of committed.keyUserIds) this.#keyUserIds.add(id);
    if (committed.moves.length > 0) this.#moves = [...this.#moves, ...committed.moves].slice(-MAX_MOVES);
    this.#moveCount += committed.moveCount;
    if (committed.ordersWatermark !== null) this.#watermark = committed.ordersWatermark;
  }

  /** This, and after it what came later. */
  followedBy(later: Pending): Pending {
    for (const [bizHour, hour] of later.#hours) this.#hours.set(bizHour, hour);
    this.#noteDays(later.#closedDays());
    for (const id of later.#caseIds) this.#caseIds.add(id);
    for (const id of later.#keyUserIds) this.#keyUserIds.add(id);
    this.#manyKeyUsers ||= later.#manyKeyUsers;
    this.#movesScopes ||= later.#movesScopes;
    this.#moves = [...this.#moves, ...later.#moves].slice(-MAX_MOVES);
    this.#moveCount += later.#moveCount;
    this.#watermark = later.#watermark ?? this.#watermark;
    return this;
  }

  get moveCount(): number {
    return this.#moveCount;
  }

  /** Bodies of the topics that changed. */
  async bodies(loaders: Loaders, movesPerSecond: number): Promise<Partial<TopicBodies>> {
    const bodies: { -readonly [T in Topic]?: TopicBodies[T] } = {};
    if (this.#hours.size > 0 || this.#moveCount > 0 || this.#days.size > 0)
      bodies.orders = this.#orders(loaders, movesPerSecond);
    if (this.#caseIds.size > 0 || this.#movesScopes) {
      const isFew = this.#caseIds.size <= MAX_CASES && !this.#movesScopes;
      bodies.retention = { cases: isFew ? await loaders.cases([...this.#caseIds]) : null };
    }
    const areMany = this.#manyKeyUsers || this.#movesScopes || this.#keyUserIds.size > MAX_KEY_USERS;
    if (areMany) bodies["key-users"] = { userIds: null };
    else if (this.#keyUserIds.size > 0) bodies["key-users"] = { userIds: [...this.#keyUserIds] };
    return bodies;
  }

  /** Commits may be told in any order; revisions only grow. */
  #noteDays(days: readonly ClosedDay[]): void {
    for (const { date, revision } of days) {
      this.#days.set(date, Math.max(revision, this.#days.get(date) ?? 0));
    }
  }

  #closedDays(): ClosedDay[] {
    return [...this.#days].map(([date, revision]) => ({ date, revision }));
  }

  #orders(loaders: Loaders, movesPerSecond: number): TopicBodies["orders"] {
    const hours = [...this.#hours.values()];
    const isGone = (hour: HourAggregate) => hour.winnerCount === 0 && hour.grossOrderCount === 0;
    return {
      hours: hours.filter((hour) => !isGone(hour)).map(loaders.hourFigures),
      gone: hours.filter(isGone).map((hour) => hour.bizHour),
      days: this.#closedDays(),
      completeTo: this.#watermark === null ? null : new Date(this.#watermark).toISOString(),
      moves: this.#moves.toReversed(),
      moveCount: this.#moveCount,
      movesPerSecond,
    };
  }
}
