import { RateLimiterMemory } from "rate-limiter-flexible";
import { TooBusy } from "../lib/errors.ts";

const WINDOW_S = 60;
/** More than a person does with their hands; each leaves a row in an audit log that is only added to. */
const PER_MINUTE = 600;

/** Counts what people write, and the files that they take, from the first of a minute on; by process. */
export class PersonRate {
  readonly #counts = new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: WINDOW_S });

  /** @throws {TooBusy} the minute's are used up; it says when the next minute begins */
  async take(personId: string): Promise<void> {
    const { consumedPoints, msBeforeNext } = await this.#counts.consume(personId);
    if (consumedPoints <= PER_MINUTE) return;
    const seconds = Math.max(1, Math.ceil(msBeforeNext / 1_000));
    throw new TooBusy(`A person may write ${PER_MINUTE} times a minute; go on in ${seconds} s.`, seconds);
  }
}
