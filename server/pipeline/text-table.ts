import { HashSlots, mixed } from "./hash-slots.ts";

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder();
/** UTF-8 bytes of one UTF-16 unit at most. */
const BYTES_A_UNIT = 3;

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

  get size(): number {
    return this.#size;
  }

  /** The text's number; a new text gets the next one. */
  idOf(text: string): number {
    const start = this.#starts[this.#size] as number;
    const end = this.#append(text, start);
    const hash = hashOf(this.#bytes, start, end);
    let slot = this.#slots.first(hash);
    for (; ; slot = this.#slots.after(slot, hash)) {
      const id = this.#slots.entryAt(slot);
      if (id < 0) break;
      if (this.#compareBytes(id, start, end) === 0) return id;
    }
    const id = this.#size;
    this.#slots.put(slot, hash, id);
    this.#size += 1;
    if (this.#size === this.#starts.length) this.#starts = grown(this.#starts, this.#size * 2);
    this.#starts[this.#size] = end;
    return id;
  }

  textOf(id: number): string {
    return DECODER.decode(this.#bytes.subarray(this.#starts[id], this.#starts[id + 1]));
  }

  /** Rule C6: by UTF-8 bytes. */
  compare(a: number, b: number): number {
    return a === b ? 0 : this.#compareBytes(a, this.#starts[b] as number, this.#starts[b + 1] as number);
  }

  /** Writes the text behind all others, where it stays if it turns out to be new. @returns its end */
  #append(text: string, start: number): number {
    const needed = start + text.length * BYTES_A_UNIT;
    if (needed > this.#bytes.length) this.#bytes = grown(this.#bytes, Math.ceil(needed * 1.5));
    const bytes = this.#bytes;
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      if (unit > 0x7f) return start + ENCODER.encodeInto(text, bytes.subarray(start)).written;
      bytes[start + index] = unit;
    }
    return start + text.length;
  }

  #compareBytes(id: number, start: number, end: number): number {
    const bytes = this.#bytes;
    const own = this.#starts[id] as number;
    const ownLength = (this.#starts[id + 1] as number) - own;
    const length = Math.min(ownLength, end - start);
    for (let index = 0; index < length; index++) {
      const difference = (bytes[own + index] as number) - (bytes[start + index] as number);
      if (difference !== 0) return difference;
    }
    return ownLength - (end - start);
  }
}

function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  return mixed(hash);
}

/** A longer copy. */
function grown<T extends Uint8Array | Uint32Array>(array: T, length: number): T {
  const copy = new (array.constructor as new (length: number) => T)(length);
  copy.set(array);
  return copy;
}
