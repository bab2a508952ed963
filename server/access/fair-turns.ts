import { TooBusy } from "../lib/errors.ts";

export interface TurnLimits {
  /** Works that go on at once. */
  readonly atOnce: number;
  /** That may wait in all, and of one source. */
  readonly waiting: number;
  readonly waitingOfOne: number;
}

/**
 * Lets few works go on at once and others wait for their turn, no more than a bounded number. Turns go round the sources that
 * wait, so that one who asks a thousand times delays another by one work, not by a thousand.
 */
export class FairTurns {
  readonly #limits: TurnLimits;
  /** By source, in the order of their next turn; none is empty. */
  readonly #queues = new Map<string, (() => void)[]>();
  #running = 0;
  #waiting = 0;

  constructor(limits: TurnLimits) {
    this.#limits = limits;
  }

  /**
   * Does a work when its turn has come.
   * @throws {TooBusy} too many wait, or too many of this source; the work has not begun
   */
  async run<T>(source: string, work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#limits.atOnce) await this.#turnOf(source);
    else this.#running += 1;
    try {
      return await work();
    } finally {
      this.#handOn();
    }
  }

  #turnOf(source: string): Promise<void> {
    const queue = this.#queues.get(source) ?? [];
    if (this.#waiting >= this.#limits.waiting || queue.length >= this.#limits.waitingOfOne) {
      throw new TooBusy("Too many people sign in at this moment; try again.", 2);
    }
    this.#waiting += 1;
    this.#queues.set(source, queue);
    return new Promise((resolve) => queue.push(resolve));
  }

  /** The place of a work that has ended goes to the next one, or is free. */
  #handOn(): void {
    const [next] = this.#queues;
    if (!next) {
      this.#running -= 1;
      return;
    }
    const [source, queue] = next;
    const begin = queue.shift();
    this.#queues.delete(source);
    if (queue.length > 0) this.#queues.set(source, queue); // its next turn comes after everybody else's
    this.#waiting -= 1;
    begin?.();
  }
}

const KEY = Symbol.for("tidewatch.password-turns");
type Holder = { [KEY]?: FairTurns };

/**
 * The turns of all who have a password hashed or checked in this process: two at once take 256 MiB and leave threads for
 * everything else. Next bundles its own copy of this module, so the one instance stands in globalThis.
 */
export function passwordTurns(): FairTurns {
  const holder = globalThis as Holder;
  holder[KEY] ??= new FairTurns({ atOnce: 2, waiting: 50, waitingOfOne: 10 });
  return holder[KEY];
}
