/** Stands for no order number or telephone. */
export const NONE = -1;

/** So many of a batch take each step together: what one step reads still lies in the processor's nearest caches when the next uses it. */
export const VECTOR = 1_024;

const FIRST_CAPACITY = 16;
/** A table is doubled when more of it is in use. */
const FULLEST = 0.6;

/**
 * The slots of an open-addressing hash table: which entry, numbered from 0 in the order of adding, has which hash. What an
 * entry is, and whether two are equal, its owner knows. A slot is one word, where a Map needs ten: the entry's number + 1 in
 * as many low bits as the table's size asks for, and in the others those of the hash, so that few entries have to be looked
 * at. 0 is a free slot. The low bits of a hash say where to begin.
 */
export class HashSlots {
  readonly #hashOf: (entry: number) => number;
  #cells = new Int32Array(FIRST_CAPACITY);
  #mask = FIRST_CAPACITY - 1;
  #used = 0;

  /** @param hashOf the hash under which an entry was put */
  constructor(hashOf: (entry: number) => number) {
    this.#hashOf = hashOf;
  }

  /**
   * Likely entries: for each of the first `count` hashes that of its first slot or of the next, if its bits of the hash are
   * the same, else -1. They go into `entries` from `from`. No step depends on what another one read, not even on how a branch
   * of it went, so the processor waits for many slots at once instead of for one after the other.
   */
  guess(hashes: Int32Array, count: number, entries: Int32Array, from: number): void {
    const [cells, mask] = [this.#cells, this.#mask];
    for (let index = 0; index < count; index++) {
      const hash = hashes[index] as number;
      const first = cells[hash & mask] as number;
      const second = cells[(hash + 1) & mask] as number;
      const ofFirst = ((first & mask) - 1) | onesUnless((first ^ hash) & ~mask);
      const ofSecond = ((second & mask) - 1) | onesUnless((second ^ hash) & ~mask);
      // -1 leaves the other as it is; of two that look alike it makes some entry, which is as good a guess.
      entries[from + index] = ofFirst & ofSecond;
    }
  }

  /** The first slot that is free or looks like this hash. */
  first(hash: number): number {
    return this.#seek(hash & this.#mask, hash);
  }

  /** The next one after `slot`. */
  after(slot: number, hash: number): number {
    return this.#seek((slot + 1) & this.#mask, hash);
  }

  /** The entry of a slot; -1: it is free. */
  entryAt(slot: number): number {
    return ((this.#cells[slot] as number) & this.#mask) - 1;
  }

  /** Puts the next entry into a free slot that `first` or `after` has found; slots found before are void afterwards. */
  put(slot: number, hash: number): void {
    this.#used += 1;
    this.#cells[slot] = (hash & ~this.#mask) | this.#used;
    if (this.#used > (this.#mask + 1) * FULLEST) this.#double();
  }

  #seek(start: number, hash: number): number {
    const [cells, mask] = [this.#cells, this.#mask];
    let slot = start;
    for (; ; slot = (slot + 1) & mask) {
      const cell = cells[slot] as number;
      if (cell === 0 || ((cell ^ hash) & ~mask) === 0) return slot;
    }
  }

  #double(): void {
    const mask = this.#mask * 2 + 1;
    const cells = new Int32Array(mask + 1);
    for (let entry = 0; entry < this.#used; entry++) {
      const hash = this.#hashOf(entry);
      let slot = hash & mask;
      while (cells[slot] !== 0) slot = (slot + 1) & mask;
      cells[slot] = (hash & ~mask) | (entry + 1);
    }
    this.#cells = cells;
    this.#mask = mask;
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
