import type { BodyFormat } from "../contracts/batch.ts";
import { TooLarge } from "../lib/errors.ts";
import { LIMITS } from "../reader/limits.ts";
import { encodingOf, formatOf } from "../reader/media-type.ts";
import { collect, unpacked } from "../reader/unpack.ts";

/** @throws {AppError} 413 */
export const tooLargeList = (): TooLarge =>
  new TooLarge(`The list is larger than ${LIMITS.listBytes} bytes. Send it in parts.`);

/** A list of key users as it was sent, unpacked. @throws {UnsupportedType | TooLarge | InvalidInput} */
export async function readListBody(
  request: Request,
): Promise<{ readonly bytes: Buffer; readonly format: BodyFormat }> {
  const format = formatOf(request.headers.get("content-type"));
  const encoding = encodingOf(request.headers.get("content-encoding"));
  const plain = unpacked(onTheWire(request), encoding, LIMITS.bodyParts);
  return { format, bytes: await collect(plain, LIMITS.listBytes, tooLargeList) };
}

async function* onTheWire(request: Request): AsyncGenerator<Buffer> {
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length > LIMITS.listBytes) throw tooLargeList();
    yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  }
}
