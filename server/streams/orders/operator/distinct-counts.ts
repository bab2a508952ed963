import { assert } from "#server/lib/assert.ts";
import type { TextTable } from "./text-table.ts";

/** A business date has fewer hours than this, whatever its clocks do. */
export const MAX_HOURS = 32;

const HOUR_BITS = MAX_HOURS - 1;
const ONCE = MAX_HOURS;
/** A value that is held so often cannot be counted once more. */
const MOST = 2 ** 32 - ONCE;

/**
 * How many different values each hour of a day holds (rule O4), by counting how often it holds each: a value that leaves
 * takes away only what nobody else brings. Values are texts of a table. Nearly all lie in one hour at a time; that one is
 * kept in the text's reference count, any further ones in a map.
 */
export class DistinctCounts {
  readonly #distinct = new Uint32Array(MAX_HOURS);
  /** A reference count is how often its hour holds the value, and in HOUR_BITS that hour; 0: nowhere. */
  readonly #values: TextTable;
  /** The same for further hours, by value × MAX_HOURS + hour. */
  readonly #further = new Map<number, number>();

  /** @param values whose reference counts are this one's alone */
  constructor(values: TextTable) {
    this.#values = values;
  }

  /** Different values of an hour. */
  of(hour: number): number {
    return this.#distinct[hour] as number;
  }

  join(value: number, hour: number): void {
    const held = this.#values.referenceCountOf(value);
    if (this.#further.size > 0 && this.#joinFurther(value, hour)) return;
    if (held === 0) {
      this.#values.setReferenceCount(value, ONCE + hour);
      this.#add(hour, 1);
    } else if ((held & HOUR_BITS) === hour) {
      assert(held < MOST, "a business date has fewer orders than 2^27");
      this.#values.setReferenceCount(value, held + ONCE);
    } else {
      this.#further.set(value * MAX_HOURS + hour, 1);
      this.#add(hour, 1);
    }
  }

  leave(value: number, hour: number): void {
    const held = this.#values.referenceCountOf(value);
    if (held !== 0 && (held & HOUR_BITS) === hour) {
      const isLast = held < ONCE * 2;
      this.#values.setReferenceCount(value, isLast ? 0 : held - ONCE);
      if (isLast) this.#add(hour, -1);
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

  /** @returns false: it is not among the further ones */
  #joinFurther(value: number, hour: number): boolean {
    const key = value * MAX_HOURS + hour;
    const times = this.#further.get(key);
    if (times === undefined) return false;
    this.#further.set(key, times + 1);
    return true;
  }

  #add(hour: number, difference: number): void {
    this.#distinct[hour] = (this.#distinct[hour] as number) + difference;
  }
}
