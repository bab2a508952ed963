/** So far ahead of what the server says, our estimate is wrong and not merely quicker than a slow message, ms. */
const TOLERANCE_MS = 2_000;

/**
 * The server's clock as a browser knows it (rule C14): what the server said last, carried on by a counter that no setting of
 * the viewer's clock moves.
 */
export class ServerClock {
  readonly #counter: () => number;
  #said: number;
  #saidAt: number;

  /** @param said the server's clock when it rendered the page, ms */
  constructor(said: number, counter: () => number = () => performance.now()) {
    this.#counter = counter;
    this.#said = said;
    this.#saidAt = counter();
  }

  /** ms since 1970 */
  now(): number {
    return this.#said + (this.#counter() - this.#saidAt);
  }

  /** A message says what time it was when it left: never too late, and the quickest message says it best. */
  hear(said: number): void {
    const ahead = this.now() - said;
    if (ahead >= 0 && ahead <= TOLERANCE_MS) return;
    this.#said = said;
    this.#saidAt = this.#counter();
  }
}
