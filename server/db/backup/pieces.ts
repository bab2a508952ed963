/** A part of a stream; `isLast` when nothing comes after it. */
export interface Piece {
  readonly bytes: Buffer;
  readonly isLast: boolean;
}

/**
 * Cuts a stream into pieces of one length, the first one of another if given. The last one may be shorter: an empty stream
 * is one empty piece. Holds no more than one piece and what came last.
 */
export async function* inPieces(
  source: AsyncIterable<Uint8Array>,
  length: number,
  firstLength = length,
): AsyncGenerator<Piece> {
  let wanted = firstLength;
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const part of source) {
    held.push(part);
    size += part.byteLength;
    if (size <= wanted) continue; // one that is exactly full may be the last
    let whole = Buffer.concat(held, size);
    while (whole.length > wanted) {
      yield { bytes: whole.subarray(0, wanted), isLast: false };
      whole = whole.subarray(wanted);
      wanted = length;
    }
    held = [whole];
    size = whole.length;
  }
  yield { bytes: Buffer.concat(held, size), isLast: true };
}
