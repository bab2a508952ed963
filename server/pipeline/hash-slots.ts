/** So many of a batch take each step together: what one step reads still lies in the processor's nearest caches when the next uses it. */
export const VECTOR = 1_024;

const FIRST_CAPACITY = 16;
/** A table is doubled when more of it is in use. */
const FULLEST = 0.8;

/**
 * The slots of an open-addressing hash table: which entry, a number from 0, has which hash. What an entry is, and
 * whether two are equal, its owner knows. In two words a slot it holds as much as a Map needs ten for.
 */
export class HashSlots {
  /** Pairs: entry + 1, 0 being a free slot; then the hash, so that few entries have to be looked at. */
  #cells = new Int32Array(FIRST_CAPACITY * 2);
  #mask = FIRST_CAPACITY - 1;
  #used = 0;

  /**
   * Likely entries: for each of the first `count` hashes that of its first slot or of the next, if the hash is the same,
   * else -1. They go into `entries` from `from`. No step depends on what another one read, not even on how a branch of it
   * went, so the processor waits for many slots at once instead of for one after the other.
   */
  guess(hashes: Int32Array, count: number, entries: Int32Array, from: number): void {
    const [cells, mask] = [this.#cells, this.#mask];
    for (let index = 0; index < count; index++) {
      const hash = hashes[index] as number;
      const first = (hash & mask) * 2;
      const second = ((hash + 1) & mask) * 2;
      const ofFirst = ((cells[first] as number) - 1) | onesUnless((cells[first + 1] as number) ^ hash);
      const ofSecond = ((cells[second] as number) - 1) | onesUnless((cells[second + 1] as number) ^ hash);
      // -1 leaves the other as it is; of two that have the same hash it makes some entry, which is as good a guess.
      entries[from + index] = ofFirst & ofSecond;
    }
  }

  /** The first slot that is free or has this hash. */
  first(hash: number): number {
    return this.#seek(hash & this.#mask, hash);
  }

  /** The next one after `slot`. */
  after(slot: number, hash: number): number {
    return this.#seek((slot + 1) & this.#mask, hash);
  }

  /** The entry of a slot; -1: it is free. */
  entryAt(slot: number): number {
    return (this.#cells[slot * 2] as number) - 1;
  }

  /** Fills a free slot that `first` or `after` has found; slots found before are void afterwards. */
  put(slot: number, hash: number, entry: number): void {
    this.#cells[slot * 2] = entry + 1;
    this.#cells[slot * 2 + 1] = hash;
    this.#used += 1;
    if (this.#used > (this.#mask + 1) * FULLEST) this.#double();
  }

  #seek(start: number, hash: number): number {
    const [cells, mask] = [this.#cells, this.#mask];
    let slot = start;
    while (cells[slot * 2] !== 0 && cells[slot * 2 + 1] !== hash) slot = (slot + 1) & mask;
    return slot;
  }

  #double(): void {
    const old = this.#cells;
    this.#cells = new Int32Array(old.length * 2);
    this.#mask = this.#mask * 2 + 1;
    const [cells, mask] = [this.#cells, this.#mask];
    for (let at = 0; at < old.length; at += 2) {
      if (old[at] === 0) continue;
      const hash = old[at + 1] as number;
      let slot = hash & mask;
      while (cells[slot * 2] !== 0) slot = (slot + 1) & mask;
      cells[slot * 2] = old[at] as number;
      cells[slot * 2 + 1] = hash;
    }
  }
}

/** 0 for 0, else -1, which is all ones. */
const onesUnless = (difference: number): number => (difference | -difference) >> 31;

/** Spreads a hash's bits, so that its low ones depend on all. */
export function mixed(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return twice ^ (twice >>> 16);
}
