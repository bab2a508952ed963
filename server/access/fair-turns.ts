import { TooBusy } from "../lib/errors.ts";

export interface TurnLimits {
  /** Works that go on at once. */
  readonly atOnce: number;
  /** That may wait in all, and of one source. */
  readonly waiting: number;
  readonly waitingOfOne: number;
}

/** Who wants a turn. */
export interface Asker {
  readonly source: string;
  /** A browser that its person has signed in with before: its turn comes before those of strangers. */
  readonly isKnown?: boolean;
}

interface Waiter {
  readonly begin: () => void;
  readonly refuse: (error: TooBusy) => void;
}

/**
 * Lets few works go on at once and others wait for their turn, no more than a bounded number. Turns go round the sources that
 * wait, so that one who asks a thousand times delays another by one work, not by a thousand. Strangers, however many, neither
 * hold up a known browser nor take its place among those who wait.
 */
export class FairTurns {
  readonly #atOnce: number;
  readonly #known: FairQueue;
  readonly #strangers: FairQueue;
  #running = 0;

  constructor(limits: TurnLimits) {
    this.#atOnce = limits.atOnce;
    this.#known = new FairQueue(limits);
    this.#strangers = new FairQueue(limits);
  }

  /**
   * Does a work when its turn has come.
   * @throws {TooBusy} too many wait, or too many of this source; the work has not begun
   */
  async run<T>({ source, isKnown = false }: Asker, work: () => Promise<T>): Promise<T> {
    if (this.#running < this.#atOnce) this.#running += 1;
    else await (isKnown ? this.#known : this.#strangers).turnOf(source);
    try {
      return await work();
    } finally {
      this.#handOn();
    }
  }

  /** The place of a work that has ended goes to the next one, or is free. */
  #handOn(): void {
    const next = this.#known.next() ?? this.#strangers.next();
    if (next) next.begin();
    else this.#running -= 1;
  }
}

/** Those who wait, each source in its own line. */
class FairQueue {
  readonly #limits: TurnLimits;
  /** By source, in the order of their next turn; none is empty. */
  readonly #lines = new Map<string, Waiter[]>();
  #waiting = 0;

  constructor(limits: TurnLimits) {
    this.#limits = limits;
  }

  /** Resolves when its turn has come. @throws {TooBusy} */
  turnOf(source: string): Promise<void> {
    const line = this.#lines.get(source) ?? [];
    if (line.length >= this.#limits.waitingOfOne) throw tooBusy();
    if (this.#waiting >= this.#limits.waiting) this.#makeRoom(line.length);
    this.#waiting += 1;
    this.#lines.set(source, line);
    return new Promise((begin, refuse) => line.push({ begin, refuse }));
  }

  next(): Waiter | undefined {
    const [first] = this.#lines;
    if (!first) return undefined;
    const [source, line] = first;
    const waiter = line.shift();
    this.#lines.delete(source);
    if (line.length > 0) this.#lines.set(source, line); // its next turn comes after everybody else's
    this.#waiting -= 1;
    return waiter;
  }

  /** Whoever waits least often goes before the last of the longest line. @param own how many of the newcomer's wait */
  #makeRoom(own: number): void {
    const [longest = []] = [...this.#lines.values()].sort((a, b) => b.length - a.length);
    if (longest.length <= own + 1) throw tooBusy();
    longest.pop()?.refuse(tooBusy());
    this.#waiting -= 1;
  }
}

const tooBusy = () => new TooBusy("Too many people sign in at this moment; try again.", 2);

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
