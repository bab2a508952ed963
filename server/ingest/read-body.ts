import type { IncomingMessage } from "node:http";
import { InvalidInput, TooLarge } from "../lib/errors.ts";
import { LIMITS } from "../reader/limits.ts";
import { type Encoding, encodingOf } from "../reader/media-type.ts";
import { unpacked } from "../reader/unpack.ts";
import type { Intake } from "./intake.ts";

const tooLarge = (what: string, limit: number): TooLarge =>
  new TooLarge(`The body is larger than ${limit} bytes ${what}. Send it in smaller parts.`);

type Hold = (bytes: number) => void;

/**
 * The body, decompressed, within limits.
 * @param sender as audit rows name actors
 * @throws {TooLarge | TooBusy | UnsupportedType | InvalidInput}
 */
export async function readBody(request: IncomingMessage, sender: string, intake: Intake): Promise<Buffer> {
  const encoding = encodingOf(request.headers["content-encoding"]);
  if (Number(request.headers["content-length"] ?? 0) > LIMITS.bodyBytes) {
    throw tooLarge("on the wire", LIMITS.bodyBytes);
  }
  let held = 0;
  const hold = (bytes: number) => {
    intake.hold(sender, bytes);
    held += bytes;
  };
  try {
    const body = await collect(request, hold);
    return encoding === "identity" ? body : await unpack(body, encoding, intake, hold);
  } finally {
    intake.release(sender, held);
  }
}

async function collect(request: IncomingMessage, hold: Hold): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  // Not destroyed at the limit: the answer still has to reach the sender.
  for await (const chunk of arriving(request)) {
    length += chunk.length;
    if (length > LIMITS.bodyBytes) throw tooLarge("on the wire", LIMITS.bodyBytes);
    hold(chunk.length);
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

async function* arriving(request: IncomingMessage): AsyncGenerator<Buffer> {
  try {
    yield* request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  } catch {
    throw new InvalidInput("The connection ended before the body did.");
  }
}

/**
 * Reads the rest of a refused body and throws it away.
 * @returns whether it came to its end within these bounds
 */
export function drain(
  request: IncomingMessage,
  { drainedBytes, drainMs }: { readonly drainedBytes: number; readonly drainMs: number },
): Promise<boolean> {
  return new Promise((resolve) => {
    let length = 0;
    const finish = () => {
      clearTimeout(timer);
      request.removeListener("data", count);
      request.pause();
      resolve(request.complete);
    };
    const count = (chunk: Buffer) => {
      length += chunk.length;
      if (length > drainedBytes) finish();
    };
    const timer = setTimeout(finish, drainMs);
    request.once("end", finish).once("close", finish).once("error", finish);
    request.on("data", count).resume();
  });
}

/** What unpacks to little has its place beside the others; what unpacks to more waits until it is its turn. */
async function unpack(body: Buffer, encoding: Encoding, intake: Intake, hold: Hold): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  let leave: (() => void) | null = null;
  try {
    for await (const chunk of unpacked(only(body), encoding, LIMITS.bodyParts)) {
      length += chunk.length;
      if (length > LIMITS.decompressedBytes) throw tooLarge("after decompression", LIMITS.decompressedBytes);
      if (leave === null && length > LIMITS.unpackedAtOnce) leave = await intake.turn();
      if (leave === null) hold(chunk.length);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } finally {
    leave?.();
  }
}

async function* only(body: Buffer): AsyncGenerator<Buffer> {
  yield body;
}
