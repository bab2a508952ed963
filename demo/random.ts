/**
 * Chance that repeats: xoshiro128** by David Blackman and Sebastiano Vigna ("Scrambled linear pseudorandom number
 * generators", 2018; public domain), its state filled by MurmurHash3's 32-bit finaliser over FNV-1a of the labels.
 */
export class Random {
  readonly #state: Uint32Array;

  /** The same labels give the same sequence, on every machine. */
  constructor(...labels: readonly (string | number)[]) {
    this.#state = Uint32Array.from({ length: 4 }, (_, word) => hash(word, ...labels));
    if (this.#state.every((word) => word === 0)) this.#state[0] = 1;
  }

  /** Uniform in 0 … 2^32 − 1. */
  next(): number {
    const state = this.#state;
    const [a, b, c, d] = [state[0] as number, state[1] as number, state[2] as number, state[3] as number];
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const third = c ^ a;
    const fourth = d ^ b;
    state[1] = b ^ third;
    state[0] = a ^ fourth;
    state[2] = third ^ (b << 9);
    state[3] = rotate(fourth, 11);
    return result;
  }

  /** Uniform in [0, 1). */
  fraction(): number {
    return this.next() / 2 ** 32;
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + this.fraction() * (high - low);
  }

  /** Whole number, uniform in 0 … count − 1. */
  below(count: number): number {
    return Math.floor(this.fraction() * count);
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error("nothing to pick from");
    return item;
  }

  /** Index drawn in proportion to the weights. */
  weighted(weights: readonly number[]): number {
    let left = this.fraction() * weights.reduce((sum, weight) => sum + weight, 0);
    for (const [index, weight] of weights.entries()) {
      left -= weight;
      if (left < 0) return index;
    }
    return weights.length - 1;
  }

  /** Uniform on a logarithmic scale: short waits are common, long ones possible. */
  logBetween(low: number, high: number): number {
    return low * (high / low) ** this.fraction();
  }

  /** Standard normal, by the sum of twelve uniforms. */
  normal(): number {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += this.fraction();
    return sum;
  }
}

/** 32-bit hash of labels, well mixed. */
export function hash(...labels: readonly (string | number)[]): number {
  let value = 0x811c9dc5;
  for (const character of labels.join("\u0001")) {
    value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/** hash as a fraction in [0, 1). */
export const hashFraction = (...labels: readonly (string | number)[]): number => hash(...labels) / 2 ** 32;

function rotate(value: number, bits: number): number {
  return ((value << bits) | (value >>> (32 - bits))) >>> 0;
}
