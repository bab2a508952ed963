import type { IngestBody, Replay } from "../contracts/batch.ts";
import { InvalidInput } from "../lib/errors.ts";

/** A body on its way to another node: the length of its head, the head as JSON, the bytes. */

const LENGTH = 4;
/** Bytes of the largest head: dead letters of one request, with what people edited in them. */
const LONGEST_HEAD = 16 * 1024 * 1024;

type Head = Omit<IngestBody, "bytes" | "replay"> & {
  readonly replay?: Omit<Replay, "deadLetters"> & { readonly deadLetters: readonly PlainLetter[] };
};
type PlainLetter = Omit<Replay["deadLetters"][number], "edited"> & { readonly edited: string | null };

/** @returns the pieces as they are sent; the bytes are the body's own */
export function packed({ bytes, replay, ...rest }: IngestBody): readonly [head: Buffer, bytes: Uint8Array] {
  const head: Head = {
    ...rest,
    ...(replay ? { replay: { ...replay, deadLetters: replay.deadLetters.map(plain) } } : {}),
  };
  const text = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(LENGTH);
  length.writeUInt32BE(text.length);
  return [Buffer.concat([length, text]), bytes];
}

/** @throws {InvalidInput} it is cut off */
export function unpacked(sent: Buffer): IngestBody {
  const length = sent.length < LENGTH ? LONGEST_HEAD : sent.readUInt32BE();
  const start = LENGTH + length;
  if (length >= LONGEST_HEAD || sent.length < start)
    throw new InvalidInput("The body from the other node is cut off.");
  const { replay, ...head } = JSON.parse(sent.subarray(LENGTH, start).toString()) as Head;
  return {
    ...head,
    bytes: new Uint8Array(sent.subarray(start)), // a copy of its own: it is given away
    ...(replay ? { replay: { ...replay, deadLetters: replay.deadLetters.map(seen) } } : {}),
  };
}

const plain = (letter: Replay["deadLetters"][number]): PlainLetter => ({
  ...letter,
  edited: letter.edited && Buffer.from(letter.edited).toString("base64"),
});

const seen = (letter: PlainLetter): Replay["deadLetters"][number] => ({
  ...letter,
  edited: letter.edited === null ? null : Buffer.from(letter.edited, "base64"),
});
