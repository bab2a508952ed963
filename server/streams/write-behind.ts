/** Rows of one stream by their keys. */
export interface WriteBehindBuffer<B> {
  readonly size: number;
  /** Takes over what is newer. */
  merge(newer: B): void;
}

/**
 * State rows that are committed in the log and not yet in the state tables. A row enters after its commit, never before, so
 * nothing uncommitted can reach a table.
 */
export class WriteBehind<B extends WriteBehindBuffer<B>> {
  readonly #empty: () => B;
  #waiting: B;
  /** What is being written, or could not be. */
  #inFlight: B;

  /** @param empty makes an empty buffer */
  constructor(empty: () => B) {
    this.#empty = empty;
    this.#waiting = empty();
    this.#inFlight = empty();
  }

  get waitingRows(): number {
    return this.#waiting.size;
  }

  /** Of what these buffers hold, nothing may be evicted. */
  get unwritten(): readonly B[] {
    return [this.#waiting, this.#inFlight];
  }

  add(newer: B): void {
    this.#waiting.merge(newer);
  }

  /** Takes what waits, to write it; it counts as unwritten until `settle`. */
  take(): B {
    this.#inFlight = this.#waiting;
    this.#waiting = this.#empty();
    return this.#inFlight;
  }

  settle(): void {
    this.#inFlight = this.#empty();
  }
}
