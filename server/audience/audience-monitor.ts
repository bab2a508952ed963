import type { AudienceMovement, AudienceNow } from "../contracts/api/audience.ts";

/** One answer serves everybody who asks within this time. */
const FRESH_MS = 1_000;
const SAMPLE_EVERY_MS = 60_000;
/** The movement of the last hour. */
const SAMPLES = 60;

type Reading = Omit<AudienceNow, "movement">;

/** Reads where users are, once a second at most however many ask, and remembers each minute of the last hour. */
export class AudienceMonitor {
  readonly #read: () => Promise<Reading>;
  readonly #now: () => number;
  /** Oldest first. */
  #samples: readonly AudienceMovement[] = [];
  #answer: { readonly at: number; readonly reading: Promise<Reading> } | null = null;

  constructor(read: () => Promise<Reading>, now: () => number) {
    this.#read = read;
    this.#now = now;
  }

  async current(): Promise<AudienceNow> {
    const reading = await this.#shared();
    this.#sample(reading);
    return { ...reading, movement: [...this.#samples] };
  }

  /** Starts with nothing seen, e.g. after the data was wiped. */
  reset(): void {
    this.#samples = [];
    this.#answer = null;
  }

  #shared(): Promise<Reading> {
    const now = this.#now();
    if (this.#answer === null || now - this.#answer.at >= FRESH_MS) {
      const reading = this.#read();
      this.#answer = { at: now, reading };
      // A failed reading is not kept: the next one who asks tries again.
      reading.catch(() => {
        this.#answer = null;
      });
    }
    return this.#answer.reading;
  }

  #sample({ byType }: Reading): void {
    const minute = Math.floor(this.#now() / SAMPLE_EVERY_MS) * SAMPLE_EVERY_MS;
    const at = new Date(minute).toISOString();
    if (this.#samples.at(-1)?.at === at) return;
    // A system that was just started, or is still being fed its past, has not seen an empty house.
    if (this.#samples.length === 0 && byType.length === 0) return;
    this.#samples = [...this.#samples, { at, byType }].slice(-SAMPLES);
  }
}
