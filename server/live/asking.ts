/** In any second, this many are answered at once; more wait. */
const ANSWERED = 3;
/** A page asks when it opens and after a doubt; who sends this many messages in a second is no page. */
const MOST_MESSAGES = 50;
const SECOND_MS = 1_000;

/** Answers what one socket asks, a few times a second: of what comes between, the newest is answered when there is time. */
export class Paced<T> {
  readonly #answer: (asked: T) => void;
  /** When the last ones were answered, oldest first, ms. */
  #answered: number[] = [];
  #waiting: { asked: T } | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(answer: (asked: T) => void) {
    this.#answer = answer;
  }

  offer(asked: T): void {
    const now = performance.now();
    const [oldest = 0] = this.#answered;
    const wait = this.#answered.length < ANSWERED ? 0 : oldest + SECOND_MS - now;
    if (wait <= 0) {
      this.#answerNow(asked, now);
      return;
    }
    this.#waiting = { asked };
    this.#timer ??= setTimeout(() => this.#later(), Math.ceil(wait));
  }

  /** What waits is not answered any more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#waiting = null;
  }

  #later(): void {
    this.#timer = undefined;
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting) this.offer(waiting.asked);
  }

  #answerNow(asked: T, now: number): void {
    this.#answered = [...this.#answered, now].slice(-ANSWERED);
    this.#answer(asked);
  }
}

/** Counts the messages of one socket. */
export class Flood {
  #since = 0;
  #count = 0;

  /** Call with each message. @returns whether there were too many within a second */
  isOne(): boolean {
    const now = performance.now();
    if (now - this.#since >= SECOND_MS) {
      this.#since = now;
      this.#count = 0;
    }
    this.#count += 1;
    return this.#count > MOST_MESSAGES;
  }
}
