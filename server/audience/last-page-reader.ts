import type { LastPageKey } from "../context.ts";
import type { LastPage } from "../contracts/api/audience.ts";
import { lastPages } from "./last-pages.ts";

/** Keys in one question to the database. */
const MAX_KEYS = 500;
/** Questions under way at once; while they are, further keys gather for the next. */
const MAX_QUESTIONS = 2;

interface Waiting {
  readonly key: LastPageKey;
  readonly resolve: (answer: LastPage) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Answers single keys, as recommenders ask them. Keys that arrive together become one question, so a busy moment costs
 * a round trip for many; a key that arrives alone is asked at once.
 */
export class LastPageReader {
  readonly #ask: (keys: readonly LastPageKey[]) => Promise<LastPage[]>;
  #waiting: Waiting[] = [];
  #asking = 0;
  #isDue = false;

  constructor(ctx: Parameters<typeof lastPages>[0]) {
    this.#ask = (keys) => lastPages(ctx, keys);
  }

  read(key: LastPageKey): Promise<LastPage> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ key, resolve, reject });
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#isDue || this.#waiting.length === 0 || this.#asking >= MAX_QUESTIONS) return;
    this.#isDue = true;
    setImmediate(() => {
      this.#isDue = false;
      void this.#askWaiting();
    });
  }

  async #askWaiting(): Promise<void> {
    const asked = this.#waiting.splice(0, MAX_KEYS);
    this.#asking++;
    try {
      const answers = await this.#ask(asked.map(({ key }) => key));
      for (const [index, { resolve }] of asked.entries()) resolve(answers[index] as LastPage);
    } catch (error) {
      for (const { reject } of asked) reject(error);
    } finally {
      this.#asking--;
      this.#schedule();
    }
  }
}
