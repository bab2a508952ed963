import { HashSlots, mixed, NONE, VECTOR } from "./hash-slots.ts";

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder("utf-8", { ignoreBOM: true }); // what a text begins with is part of it

/** Where several texts lie in their bytes, VECTOR at most; `ends` before `starts`: there is no text. */
export class TextSpans {
  readonly starts = new Int32Array(VECTOR);
  readonly ends = new Int32Array(VECTOR);
}

/** Words of one text: where its bytes start, the next one's start being their end; its reference count. */
const WORDS = 2;

/**
 * Texts, each kept once as UTF-8 and known by a number from 0. It only grows: a number means the same text as long as
 * the table lives. Beside each text lies a word of its owner's, the reference count, which comes into the caches with it.
 */
export class TextTable {
  readonly #slots = new HashSlots((id) => hashOf(this.#view, this.#startOf(id), this.#startOf(id + 1)));
  #bytes = new Uint8Array(4_096);
  #view = viewOf(this.#bytes);
  #words = new Uint32Array(256 * WORDS);
  #size = 0;
  /** Of the texts that are being sought together: places among the caller's, hashes, likely numbers and their first bytes. */
  readonly #sought = new Int32Array(VECTOR);
  readonly #hashes = new Int32Array(VECTOR);
  readonly #likely = new Int32Array(VECTOR);
  readonly #heads = new Uint8Array(VECTOR);
  /** Where reference counts go that are read before they are needed. */
  readonly #fetched = new Uint32Array(VECTOR);

  get size(): number {
    return this.#size;
  }

  /** The number of the text that the bytes from `from` to `to` hold, UTF-8; a new text gets the next one. */
  idOf(source: Uint8Array, from: number, to: number): number {
    const view = viewOf(source);
    return this.#idOf(hashOf(view, from, to), view, from, to);
  }

  /**
   * The numbers of several texts: the first `count` spans of the source.
   * @param ids is filled from `from`; NONE where there is no text
   */
  idsOf(source: Uint8Array, spans: TextSpans, count: number, ids: Int32Array, from: number): void {
    for (let index = 0; index < count; index++) this.#sought[index] = index;
    this.#seek(viewOf(source), spans, count, ids, from);
  }

  /** The same where it is known which numbers are likely: `ids` holds them, or NONE. A right one spares the search. */
  idsOfLikely(source: Uint8Array, spans: TextSpans, count: number, ids: Int32Array, from: number): void {
    const view = viewOf(source);
    const { starts, ends } = spans;
    const [sought, likely] = [this.#sought, this.#likely];
    for (let index = 0; index < count; index++) likely[index] = ids[from + index] as number;
    this.#readHeads(count);
    let missing = 0;
    for (let index = 0; index < count; index++) {
      if (this.#isLikely(index, view, starts[index] as number, ends[index] as number)) continue;
      sought[missing] = index;
      missing += 1;
    }
    this.#seek(view, spans, missing, ids, from);
  }

  /** Seeks the first `count` of `#sought`, each step for all of them. */
  #seek(source: DataView, { starts, ends }: TextSpans, count: number, ids: Int32Array, from: number): void {
    const [sought, hashes, likely] = [this.#sought, this.#hashes, this.#likely];
    for (let place = 0; place < count; place++) {
      const index = sought[place] as number;
      hashes[place] = hashOf(source, starts[index] as number, ends[index] as number);
    }
    this.#slots.guess(hashes, count, likely, 0);
    this.#readHeads(count);
    for (let place = 0; place < count; place++) {
      const index = sought[place] as number;
      const [start, end] = [starts[index] as number, ends[index] as number];
      if (end < start) ids[from + index] = NONE;
      else if (this.#isLikely(place, source, start, end)) ids[from + index] = likely[place] as number;
      else ids[from + index] = this.#idOf(hashes[place] as number, source, start, end);
    }
  }

  /** Without a step that waits for another (see HashSlots.guess): after it, each likely text lies in the caches. */
  #readHeads(count: number): void {
    const [bytes, words, likely, heads] = [this.#bytes, this.#words, this.#likely, this.#heads];
    for (let place = 0; place < count; place++) {
      const id = likely[place] as number;
      const idOrFirst = id & ~(id >> 31);
      heads[place] = bytes[words[idOrFirst * WORDS] as number] as number;
    }
  }

  /** Whether the likely number is that of the text. */
  #isLikely(place: number, source: DataView, from: number, to: number): boolean {
    const id = this.#likely[place] as number;
    return (
      id >= 0 &&
      from < to &&
      this.#heads[place] === source.getUint8(from) &&
      this.#holds(id, source, from, to)
    );
  }

  #idOf(hash: number, source: DataView, from: number, to: number): number {
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
    const start = this.#startOf(id);
    return DECODER.decode(this.#bytes.subarray(start, start + this.lengthOf(id)));
  }

  /** Bytes of a text. */
  lengthOf(id: number): number {
    return this.#startOf(id + 1) - this.#startOf(id);
  }

  /** The owner's word beside a text; 0 unless it was set. */
  referenceCountOf(id: number): number {
    return this.#words[id * WORDS + 1] as number;
  }

  /** @param count unsigned, 32 bits */
  setReferenceCount(id: number, count: number): void {
    this.#words[id * WORDS + 1] = count;
  }

  /**
   * Reads the reference counts of several texts, VECTOR at most, so that each lies in the caches when it is needed; NONE is let pass.
   * No step waits for another. What is read is kept, since reads that come to nothing are left out by the compiler.
   */
  fetchReferenceCounts(ids: Int32Array, from: number, to: number): void {
    const [words, fetched] = [this.#words, this.#fetched];
    for (let place = from; place < to; place++) {
      const id = ids[place] as number;
      fetched[place - from] = words[(id & ~(id >> 31)) * WORDS + 1] as number;
    }
  }

  /**
   * The bytes of several texts, one after the other: first where each of them lies, then its bytes, so that no read waits for another's.
   * @param lengths is given the bytes of each
   */
  copies(ids: Int32Array, lengths: Uint16Array): Uint8Array {
    const [words, texts] = [this.#words, this.#bytes];
    const starts = new Uint32Array(ids.length);
    let size = 0;
    for (let place = 0; place < ids.length; place++) {
      const word = (ids[place] as number) * WORDS;
      const start = words[word] as number;
      const length = (words[word + WORDS] as number) - start;
      starts[place] = start;
      lengths[place] = length;
      size += length;
    }
    const bytes = new Uint8Array(size);
    let end = 0;
    for (let place = 0; place < ids.length; place++) {
      const start = starts[place] as number;
      const length = lengths[place] as number;
      for (let index = 0; index < length; index++) bytes[end + index] = texts[start + index] as number;
      end += length;
    }
    return bytes;
  }

  /** Rule C6: by UTF-8 bytes. */
  compare(a: number, b: number): number {
    if (a === b) return 0;
    const bytes = this.#bytes;
    const [start, other] = [this.#startOf(a), this.#startOf(b)];
    const [length, otherLength] = [this.lengthOf(a), this.lengthOf(b)];
    for (let index = 0; index < length && index < otherLength; index++) {
      const difference = (bytes[start + index] as number) - (bytes[other + index] as number);
      if (difference !== 0) return difference;
    }
    return length - otherLength;
  }

  #startOf(id: number): number {
    return this.#words[id * WORDS] as number;
  }

  #holds(id: number, source: DataView, from: number, to: number): boolean {
    if (this.lengthOf(id) !== to - from) return false;
    const view = this.#view;
    let own = this.#startOf(id);
    let at = from;
    for (; at + 4 <= to; at += 4, own += 4) {
      if (view.getInt32(own, true) !== source.getInt32(at, true)) return false;
    }
    for (; at < to; at++, own++) if (view.getUint8(own) !== source.getUint8(at)) return false;
    return true;
  }

  #add(slot: number, hash: number, source: DataView, from: number, to: number): number {
    const id = this.#size;
    this.#size += 1;
    let end = this.#startOf(id);
    // One byte more than there are: a text without bytes has a head as well.
    if (end + to - from >= this.#bytes.length) this.#growBytes(end + to - from);
    const bytes = this.#bytes;
    for (let at = from; at < to; at++) bytes[end++] = source.getUint8(at);
    if ((this.#size + 1) * WORDS > this.#words.length) {
      const words = this.#words;
      this.#words = new Uint32Array(words.length * 2);
      this.#words.set(words);
    }
    this.#words[this.#size * WORDS] = end;
    this.#slots.put(slot, hash);
    return id;
  }

  #growBytes(end: number): void {
    const bytes = this.#bytes;
    this.#bytes = new Uint8Array(Math.ceil(end * 1.5));
    this.#bytes.set(bytes);
    this.#view = viewOf(this.#bytes);
  }
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  new DataView(buffer, byteOffset, byteLength);

/** Four bytes at a time: what takes the time is that each step waits for the one before. */
function hashOf(bytes: DataView, start: number, end: number): number {
  let hash = end - start;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    hash = Math.imul(hash ^ bytes.getInt32(at, true), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  for (; at < end; at++) hash = Math.imul(hash ^ bytes.getUint8(at), 0x01000193);
  return mixed(hash);
}
