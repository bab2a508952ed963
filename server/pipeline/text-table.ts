import { HashSlots, mixed, VECTOR } from "./hash-slots.ts";
import { NONE } from "./user-table.ts";

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder("utf-8", { ignoreBOM: true }); // what a text begins with is part of it

/** Where several texts lie in their bytes, VECTOR at most; `ends` before `starts`: there is no text. */
export class TextSpans {
  readonly starts = new Int32Array(VECTOR);
  readonly ends = new Int32Array(VECTOR);
}

/**
 * Texts, each kept once as UTF-8 and known by a number from 0. It only grows: a number means the same text as long as
 * the table lives.
 */
export class TextTable {
  readonly #slots = new HashSlots();
  #bytes = new Uint8Array(4_096);
  /** Where each text starts; the next one's start is its end. */
  #starts = new Uint32Array(256);
  #size = 0;
  /** Of the texts that are being sought together; and the first bytes of those that they are likely to be. */
  readonly #hashes = new Int32Array(VECTOR);
  readonly #heads = new Uint8Array(VECTOR);

  get size(): number {
    return this.#size;
  }

  /** The number of the text that the bytes from `from` to `to` hold, UTF-8; a new text gets the next one. */
  idOf(source: Uint8Array, from: number, to: number): number {
    return this.#idOf(hashOf(source, from, to), source, from, to);
  }

  /**
   * The numbers of several texts: the first `count` spans of the source.
   * @param ids is filled from `from`; NONE where there is no text
   */
  idsOf(source: Uint8Array, { starts, ends }: TextSpans, count: number, ids: Int32Array, from: number): void {
    const hashes = this.#hashes;
    for (let index = 0; index < count; index++) {
      hashes[index] = hashOf(source, starts[index] as number, ends[index] as number);
    }
    this.#slots.guess(hashes, count, ids, from);
    this.#readHeads(ids, from, count);
    for (let index = 0; index < count; index++) {
      const [start, end] = [starts[index] as number, ends[index] as number];
      if (end < start) ids[from + index] = NONE;
      else if (!this.#isLikely(index, ids[from + index] as number, source, start, end)) {
        ids[from + index] = this.#idOf(hashes[index] as number, source, start, end);
      }
    }
  }

  /** Without a step that waits for another (see HashSlots.guess): after it, each guessed text lies in the caches. */
  #readHeads(ids: Int32Array, from: number, count: number): void {
    const [bytes, starts, heads] = [this.#bytes, this.#starts, this.#heads];
    for (let index = 0; index < count; index++) {
      const id = ids[from + index] as number;
      const idOrFirst = id & ~(id >> 31);
      heads[index] = bytes[starts[idOrFirst] as number] as number;
    }
  }

  /** Whether a guess is right. */
  #isLikely(index: number, id: number, source: Uint8Array, from: number, to: number): boolean {
    return id >= 0 && from < to && this.#heads[index] === source[from] && this.#holds(id, source, from, to);
  }

  #idOf(hash: number, source: Uint8Array, from: number, to: number): number {
    let slot = this.#slots.first(hash);
    for (; ; slot = this.#slots.after(slot, hash)) {
      const id = this.#slots.entryAt(slot);
      if (id < 0) break;
      if (this.#holds(id, source, from, to)) return id;
    }
    return this.#add(slot, hash, source, from, to);
  }

  /** The same for a text in hand. */
  idOfText(text: string): number {
    const bytes = ENCODER.encode(text);
    return this.idOf(bytes, 0, bytes.length);
  }

  textOf(id: number): string {
    return DECODER.decode(this.#bytes.subarray(this.#starts[id], this.#starts[id + 1]));
  }

  /** Bytes of a text. */
  lengthOf(id: number): number {
    return (this.#starts[id + 1] as number) - (this.#starts[id] as number);
  }

  /** Puts the bytes of a text into `target` from `at`. @returns where they end */
  copy(id: number, target: Uint8Array, at: number): number {
    const start = this.#starts[id] as number;
    const length = this.lengthOf(id);
    for (let index = 0; index < length; index++) target[at + index] = this.#bytes[start + index] as number;
    return at + length;
  }

  /** Rule C6: by UTF-8 bytes. */
  compare(a: number, b: number): number {
    if (a === b) return 0;
    const bytes = this.#bytes;
    const [start, other] = [this.#starts[a] as number, this.#starts[b] as number];
    const [length, otherLength] = [this.lengthOf(a), this.lengthOf(b)];
    for (let index = 0; index < length && index < otherLength; index++) {
      const difference = (bytes[start + index] as number) - (bytes[other + index] as number);
      if (difference !== 0) return difference;
    }
    return length - otherLength;
  }

  #holds(id: number, source: Uint8Array, from: number, to: number): boolean {
    if (this.lengthOf(id) !== to - from) return false;
    const bytes = this.#bytes;
    const difference = (this.#starts[id] as number) - from;
    for (let at = from; at < to; at++) if (bytes[at + difference] !== source[at]) return false;
    return true;
  }

  #add(slot: number, hash: number, source: Uint8Array, from: number, to: number): number {
    const id = this.#size;
    this.#slots.put(slot, hash, id);
    this.#size += 1;
    const start = this.#starts[id] as number;
    const end = start + to - from;
    // One byte more than there are: a text without bytes has a head as well.
    if (end >= this.#bytes.length) this.#bytes = grown(this.#bytes, Math.ceil(end * 1.5));
    const bytes = this.#bytes;
    for (let at = from; at < to; at++) bytes[start + at - from] = source[at] as number;
    if (this.#size === this.#starts.length) this.#starts = grown(this.#starts, this.#size * 2);
    this.#starts[this.#size] = end;
    return id;
  }
}

/** Four bytes at a time: what takes the time is that each step waits for the one before. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = end - start;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    const low = (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
    const high = (bytes[at + 2] as number) | ((bytes[at + 3] as number) << 8);
    hash = Math.imul(hash ^ (low | (high << 16)), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  for (; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  return mixed(hash);
}

/** A longer copy. */
function grown<T extends Uint8Array | Uint32Array>(array: T, length: number): T {
  const copy = new (array.constructor as new (length: number) => T)(length);
  copy.set(array);
  return copy;
}
