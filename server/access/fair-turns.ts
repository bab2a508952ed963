import { TooBusy } from "../lib/errors.ts";

export interface TurnLimits {
  /** Works that go on at once. */
  readonly atOnce: number;
  /** That may wait in each lane, and of one source. */
  readonly waiting: number;
  readonly waitingOfOne: number;
  /** What somebody is told who cannot wait. */
  readonly refusal: string;
}

/**
 * Whoever has been let in before waits apart from everybody else: however many strangers ask, from however many addresses, they
 * take neither the room of the known ones nor more than every second turn.
 */
export type Lane = "known" | "strangers";

const OTHER = { known: "strangers", strangers: "known" } as const;

/** Who asks for a turn. */
export interface Source {
  readonly name: string;
  readonly lane: Lane;
}

/**
 * Lets few works go on at once and others wait for their turn, no more than a bounded number. Turns go round the sources that
 * wait, so that one who asks a thousand times delays another by one work, not by a thousand.
 */
export class FairTurns {
  readonly #limits: TurnLimits;
  readonly #lanes: Readonly<Record<Lane, Waiting>>;
  /** Whose turn comes first when both wait. */
  #next: Lane = "known";
  #running = 0;

  constructor(limits: TurnLimits) {
    this.#limits = limits;
    this.#lanes = { known: new Waiting(limits), strangers: new Waiting(limits) };
  }

  /**
   * Does a work when its turn has come.
   * @throws {TooBusy} too many wait, or too many of this source; the work has not begun
   */
  async run<T>({ name, lane }: Source, work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#limits.atOnce) await this.#lanes[lane].turnOf(name);
    else this.#running += 1;
    try {
      return await work();
    } finally {
      this.#handOn();
    }
  }

  /** The place of a work that has ended goes to the next one, or is free. */
  #handOn(): void {
    const lane = this.#lanes[this.#next].isEmpty ? OTHER[this.#next] : this.#next;
    this.#next = OTHER[lane];
    if (!this.#lanes[lane].begin()) this.#running -= 1;
  }
}

interface Waiter {
  readonly begin: () => void;
  readonly refuse: (error: TooBusy) => void;
}

/** One lane's works that wait. */
class Waiting {
  readonly #limits: TurnLimits;
  /** By source, in the order of their next turn; none is empty. */
  readonly #queues = new Map<string, Waiter[]>();
  #count = 0;

  constructor(limits: TurnLimits) {
    this.#limits = limits;
  }

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** @throws {TooBusy} */
  async turnOf(source: string): Promise<void> {
    const queue = this.#queues.get(source) ?? [];
    if (queue.length >= this.#limits.waitingOfOne) throw this.#tooBusy();
    if (this.#count >= this.#limits.waiting) this.#displace(queue.length);
    this.#count += 1;
    this.#queues.set(source, queue);
    return new Promise((resolve, reject) => queue.push({ begin: resolve, refuse: reject }));
  }

  /** All places are taken: the last of the longest line gives up its own to somebody whose line is shorter. @throws {TooBusy} */
  #displace(own: number): void {
    let longest: Waiter[] = [];
    for (const queue of this.#queues.values()) if (queue.length > longest.length) longest = queue;
    if (longest.length <= own + 1) throw this.#tooBusy();
    this.#count -= 1;
    longest.pop()?.refuse(this.#tooBusy());
  }

  #tooBusy(): TooBusy {
    return new TooBusy(this.#limits.refusal, 2);
  }

  /** Lets the next one begin. @returns whether there is one */
  begin(): boolean {
    const [next] = this.#queues;
    if (!next) return false;
    const [source, queue] = next;
    const waiter = queue.shift();
    this.#queues.delete(source);
    if (queue.length > 0) this.#queues.set(source, queue); // its next turn comes after everybody else's
    this.#count -= 1;
    waiter?.begin();
    return true;
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
  holder[KEY] ??= new FairTurns({
    atOnce: 2,
    waiting: 50,
    waitingOfOne: 10,
    refusal: "Too many people sign in at this moment; try again.",
  });
  return holder[KEY];
}
