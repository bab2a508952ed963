import { addDays, type BusinessTime } from "../server/contracts/business-time.ts";
import { simulateDay } from "./day.ts";
import type { Delivery } from "./delivery.ts";

/** Dates held at once: the current one, the tail of the one before, and the next at midnight. */
const HELD_DATES = 3;

/** What the simulated insurer sends, in order of arrival, over any stretch of time. Holds few dates at a time. */
export class Timeline {
  readonly #seed: number;
  readonly #time: BusinessTime;
  readonly #firstDate: string;
  readonly #days = new Map<string, readonly Delivery[]>();

  /** @param firstDate business date on which the insurer opens: nothing comes of earlier ones */
  constructor(seed: number, time: BusinessTime, firstDate: string) {
    this.#seed = seed;
    this.#time = time;
    this.#firstDate = firstDate;
  }

  /** Lines that arrive in (after, upTo], both ms, in order. Late lines of the date before are among them. */
  between(after: number, upTo: number): Delivery[] {
    const found: Delivery[] = [];
    const last = this.#time.dateOf(upTo);
    for (let date = addDays(this.#time.dateOf(after), -1); date <= last; date = addDays(date, 1)) {
      if (date < this.#firstDate) continue;
      const lines = this.#day(date);
      found.push(...lines.slice(firstAfter(lines, after), firstAfter(lines, upTo)));
    }
    return found.sort((a, b) => a.at - b.at);
  }

  #day(date: string): readonly Delivery[] {
    const known = this.#days.get(date);
    if (known) return known;
    const lines = simulateDay(this.#seed, date, this.#time);
    this.#days.set(date, lines);
    const [oldest] = [...this.#days.keys()].sort();
    if (this.#days.size > HELD_DATES && oldest !== undefined) this.#days.delete(oldest);
    return lines;
  }
}

/** Index of the first line that arrives after a moment. */
function firstAfter(lines: readonly Delivery[], moment: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((lines[middle] as Delivery).at <= moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
