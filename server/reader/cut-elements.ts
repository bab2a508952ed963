import { TooLarge } from "../lib/errors.ts";
import { contentOf } from "./content.ts";
import type { Piece } from "./cutter.ts";
import { elementsOf } from "./json-array.ts";
import { LIMITS } from "./limits.ts";
import { collect } from "./unpack.ts";

const tooLarge = () =>
  new TooLarge(
    `The JSON array is larger than ${LIMITS.decompressedBytes} bytes: give one object a line instead (NDJSON).`,
  );

/** Cuts a JSON array between its elements. It is looked at whole first: one that breaks off gives no events at all. */
export async function* cutElements(
  source: AsyncIterable<Buffer>,
  size: () => number,
  mostBytes: number,
): AsyncGenerator<Piece> {
  const body = contentOf(await collect(source, LIMITS.decompressedBytes, tooLarge));
  for (const _ of elementsOf(body));
  let [from, records, linesBefore, wanted] = [-1, 0, 0, size()];
  let end = 0;
  const piece = (): Piece => ({ format: "json", bytes: arrayOf(body.subarray(from, end)), linesBefore });
  for (const element of elementsOf(body)) {
    const isFull = records >= wanted || (records > 0 && element.end - from > mostBytes);
    // Nothing between two brackets would be an empty array, and not the empty element that was there.
    if (isFull && end > from && element.end > element.start) {
      yield piece();
      linesBefore += records;
      [from, records, wanted] = [-1, 0, size()];
    }
    if (from < 0) from = element.start;
    end = element.end;
    records += 1;
  }
  if (records > 0) yield piece();
  else if (linesBefore === 0) yield { format: "json", bytes: arrayOf(Buffer.alloc(0)), linesBefore };
}

const arrayOf = (elements: Buffer): Buffer => Buffer.concat([Buffer.from("["), elements, Buffer.from("]")]);
