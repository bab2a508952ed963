import { assert } from "../lib/assert.ts";

/** A business date has fewer hours than this, whatever its clocks do. */
export const MAX_HOURS = 32;

/**
 * How many different values each hour of a day holds (rule O4), by counting how often it holds each: a value that leaves
 * takes away only what nobody else brings. Values are dense numbers. Nearly all lie in one hour at a time; that one is
 * kept in arrays, any further ones in a map.
 */
export class DistinctCounts {
  readonly #distinct = new Uint32Array(MAX_HOURS);
  /** The hour of each value, meaningful while it is held there. */
  #hours = new Uint8Array(256);
  /** How often that hour holds the value. */
  #times = new Uint32Array(256);
  /** The same for further hours, by value × MAX_HOURS + hour. */
  readonly #further = new Map<number, number>();

  /** Different values of an hour. */
  of(hour: number): number {
    return this.#distinct[hour] as number;
  }

  join(value: number, hour: number): void {
    if (value >= this.#times.length) this.#grow(value);
    const times = this.#times[value] as number;
    const key = value * MAX_HOURS + hour;
    const further = this.#further.get(key);
    if (further !== undefined) {
      this.#further.set(key, further + 1);
    } else if (times === 0 || this.#hours[value] === hour) {
      this.#hours[value] = hour;
      this.#times[value] = times + 1;
      if (times === 0) this.#add(hour, 1);
    } else {
      this.#further.set(key, 1);
      this.#add(hour, 1);
    }
  }

  leave(value: number, hour: number): void {
    const times = this.#times[value] as number;
    if (times > 0 && this.#hours[value] === hour) {
      this.#times[value] = times - 1;
      if (times === 1) this.#add(hour, -1);
      return;
    }
    const key = value * MAX_HOURS + hour;
    const further = this.#further.get(key);
    assert(further !== undefined, "a retraction takes away only what was counted");
    if (further > 1) {
      this.#further.set(key, further - 1);
    } else {
      this.#further.delete(key);
      this.#add(hour, -1);
    }
  }

  #add(hour: number, difference: number): void {
    this.#distinct[hour] = (this.#distinct[hour] as number) + difference;
  }

  #grow(value: number): void {
    const length = Math.max(value + 1, this.#times.length * 2);
    const [hours, times] = [this.#hours, this.#times];
    this.#hours = new Uint8Array(length);
    this.#hours.set(hours);
    this.#times = new Uint32Array(length);
    this.#times.set(times);
  }
}
