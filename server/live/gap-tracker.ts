/** Which commits have been told, in any order: every one up to `through`, and some beyond. */
export class GapTracker {
  #through: number;
  readonly #beyond = new Set<number>();

  constructor(through: number) {
    this.#through = through;
  }

  get through(): number {
    return this.#through;
  }

  add(position: number): void {
    if (position > this.#through) this.#beyond.add(position);
    this.#advance();
  }

  /** Those up to `position` that have not come are waited for no longer. */
  skipTo(position: number): void {
    this.#through = Math.max(this.#through, position);
    for (const early of this.#beyond) if (early <= this.#through) this.#beyond.delete(early);
    this.#advance();
  }

  #advance(): void {
    while (this.#beyond.delete(this.#through + 1)) this.#through += 1;
  }
}
