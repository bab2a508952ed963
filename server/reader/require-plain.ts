import { InvalidInput } from "../lib/errors.ts";

/** First bytes of what is no text, and what to do with it. */
const PACKED = [
  { bytes: [0x1f, 0x8b], what: "packed with gzip", advice: "Give it a name that ends with .gz" },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], what: "packed with zstd", advice: "Give it a name that ends with .zst" },
  { bytes: [0x50, 0x4b, 0x03, 0x04], what: "a ZIP archive or a workbook", advice: "Save it as CSV UTF-8" },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], what: "a workbook", advice: "Save it as CSV UTF-8" },
] as const;
const LONGEST = 4;

/**
 * Hands on what is text. Packed bytes that nobody said were packed would be refused line by line, and each of those lines kept.
 * @param what is read, as a sentence begins with it
 * @throws {InvalidInput} before the first byte is handed on
 */
export async function* requirePlain(source: AsyncIterable<Buffer>, what: string): AsyncGenerator<Buffer> {
  let start: Buffer | null = Buffer.alloc(0);
  for await (const chunk of source) {
    if (start === null) {
      yield chunk;
      continue;
    }
    start = Buffer.concat([start, chunk]);
    if (start.length < LONGEST) continue;
    yield checked(start, what);
    start = null;
  }
  if (start !== null && start.length > 0) yield checked(start, what);
}

function checked(start: Buffer, what: string): Buffer {
  const found = PACKED.find(({ bytes }) => bytes.every((byte, at) => start[at] === byte));
  if (found === undefined) return start;
  throw new InvalidInput(
    `${what} is ${found.what}. ${found.advice}, or unpack it first; nothing of it was taken.`,
  );
}
