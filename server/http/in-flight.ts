import { TooBusy } from "../lib/errors.ts";

/** What of one sender may be answered at once: each holds a connection to the database, which others need as well. */
export class InFlight {
  readonly #counts = new Map<string, number>();

  /**
   * @param most of this name at once
   * @throws {TooBusy} so many are being answered
   */
  async run<T>(name: string, most: number, work: () => Promise<T>): Promise<T> {
    const count = this.#counts.get(name) ?? 0;
    if (count >= most) {
      throw new TooBusy(`${most} requests of yours are being answered; send again once they are.`);
    }
    this.#counts.set(name, count + 1);
    try {
      return await work();
    } finally {
      const left = (this.#counts.get(name) ?? 1) - 1;
      if (left === 0) this.#counts.delete(name);
      else this.#counts.set(name, left);
    }
  }
}
