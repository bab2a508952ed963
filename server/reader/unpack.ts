import { createGunzip, createZstdDecompress, type Gunzip, type ZstdDecompress } from "node:zlib";
import { InvalidInput } from "../lib/errors.ts";
import type { Encoding } from "./media-type.ts";

/** Bytes unpacked at a time, in a thread of their own: whoever reads may stop in between. */
const CHUNK = 256 * 1024;

/**
 * Unpacks all members of gzip data, or all frames of zstd data, one after the other, as `gzip` and `zstd` themselves do.
 * Whoever stops asking stops it.
 * @param mostParts frames of zstd; each costs a decoder of its own, so that many are a cheap way to keep us busy
 * @throws {InvalidInput} what comes is not whole, or something else stands behind it
 */
export async function* unpacked(
  source: AsyncIterable<Buffer>,
  encoding: Encoding,
  mostParts = Number.POSITIVE_INFINITY,
): AsyncGenerator<Buffer> {
  if (encoding === "identity") return yield* source;
  const rest = new Rest(source[Symbol.asyncIterator]());
  let parts = 0;
  do {
    parts += 1;
    if (parts > mostParts) throw new InvalidInput(`The ${encoding} data has more than ${mostParts} parts.`);
    const options = { chunkSize: CHUNK };
    yield* decoded(
      encoding === "gzip" ? createGunzip(options) : createZstdDecompress(options),
      rest,
      encoding,
    );
  } while (await rest.holdsMore(encoding));
}

/** One decoder's output; what it did not take of the source stays in `rest`. */
async function* decoded(
  decoder: Gunzip | ZstdDecompress,
  rest: Rest,
  encoding: Encoding,
): AsyncGenerator<Buffer> {
  const feeding = feed(decoder, rest).catch((error: Error) => void decoder.destroy(error));
  try {
    for await (const chunk of decoder) yield chunk as Buffer;
    await feeding;
  } catch (error) {
    const isOfData = (error as NodeJS.ErrnoException).code?.startsWith("Z");
    throw isOfData
      ? new InvalidInput(`The data is not whole ${encoding} data: it breaks off, or holds something else.`)
      : error;
  } finally {
    decoder.destroy();
  }
}

async function feed(decoder: Gunzip | ZstdDecompress, rest: Rest): Promise<void> {
  let given = 0;
  for (let chunk = await rest.next(); chunk !== null; chunk = await rest.next()) {
    const bytes = chunk;
    given += bytes.length;
    await new Promise<void>((resolve) => decoder.write(bytes, () => resolve()));
    const left = given - decoder.bytesWritten;
    if (left > 0) return rest.putBack(bytes.subarray(bytes.length - left));
  }
  decoder.end();
}

/** What of a source was not taken yet. */
class Rest {
  readonly #source: AsyncIterator<Buffer>;
  #held: Buffer | null = null;

  constructor(source: AsyncIterator<Buffer>) {
    this.#source = source;
  }

  /** null at the end. */
  async next(): Promise<Buffer | null> {
    const held = this.#held;
    this.#held = null;
    if (held !== null) return held;
    const { value, done } = await this.#source.next();
    return done ? null : value;
  }

  putBack(bytes: Buffer): void {
    this.#held = bytes;
  }

  /** gzip data may be filled up with zeros, as tapes were. */
  async holdsMore(encoding: Encoding): Promise<boolean> {
    for (let chunk = await this.next(); chunk !== null; chunk = await this.next()) {
      const start = encoding === "gzip" ? chunk.findIndex((byte) => byte !== 0) : 0;
      if (start < 0 || chunk.length === 0) continue;
      this.putBack(chunk.subarray(start));
      return true;
    }
    return false;
  }
}
