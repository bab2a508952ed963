import type { BatchOutcome, IngestBatch } from "../contracts/batch.ts";

/** A request that waits for its commit. */
export interface Waiting {
  readonly batch: IngestBatch;
  resolve(outcome: BatchOutcome): void;
  reject(error: Error): void;
}

/** Requests in order of arrival, bounded by events and not by requests. */
export class BatchQueue {
  /** Events that wait or are being committed. */
  events = 0;
  readonly #waiting: Waiting[] = [];
  readonly #capacity: number;
  #woken = false;
  #wake: (() => void) | undefined;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Lines count whether valid or not: rejects cost work as well. */
  hasRoomFor(batch: IngestBatch): boolean {
    return this.events === 0 || this.events + batch.received <= this.#capacity;
  }

  push(waiting: Waiting): void {
    this.#waiting.push(waiting);
    this.events += waiting.batch.received;
    this.wake();
  }

  /** Takes what waits, up to about `limit` events; they count as queued until `done`. */
  take(limit: number): Waiting[] {
    let events = 0;
    let count = 0;
    for (const { batch } of this.#waiting) {
      if (count > 0 && events + batch.received > limit) break;
      events += batch.received;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  done(group: readonly Waiting[]): void {
    for (const { batch } of group) this.events -= batch.received;
  }

  /** Resolves when something waits, or when it was woken since the last time. */
  async something(): Promise<void> {
    if (this.#waiting.length === 0 && !this.#woken) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#woken = false;
  }

  wake(): void {
    this.#woken = true;
    this.#wake?.();
    this.#wake = undefined;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Refuses everything that waits. */
  refuseAll(error: Error): void {
    const refused = this.#waiting.splice(0);
    this.done(refused);
    for (const waiting of refused) waiting.reject(error);
  }
}
