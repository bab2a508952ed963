import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { BodyFormat } from "../contracts/batch.ts";
import { AppError, InvalidInput, TooLarge } from "../lib/errors.ts";
import { unzstd } from "../lib/zstd.ts";
import type { Intake } from "./intake.ts";
import { LIMITS } from "./limits.ts";

const FORMATS: Readonly<Record<string, BodyFormat>> = {
  "application/x-ndjson": "ndjson",
  "application/ndjson": "ndjson",
  "application/json": "json",
  "text/csv": "csv",
};

const gunzipped = promisify(gunzip);
/** By encoding: a body, and the bytes that it may become. */
const DECODERS = {
  gzip: (body: Buffer, most: number) => gunzipped(body, { maxOutputLength: most }),
  zstd: unzstd,
} as const;

const tooLarge = (what: string, limit: number): TooLarge =>
  new TooLarge(`The body is larger than ${limit} bytes ${what}. Send it in smaller parts.`);

class UnsupportedType extends AppError {
  constructor(message: string) {
    super("unsupported_type", 415, message);
  }
}

/** @throws {UnsupportedType} */
export function formatOf(contentType: string | undefined): BodyFormat {
  const [type = "", ...parameters] = (contentType ?? "")
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const format = FORMATS[type];
  const charset = parameters
    .find((parameter) => parameter.startsWith("charset="))
    ?.slice(8)
    .replaceAll('"', "");
  if (format && (charset === undefined || charset === "utf-8" || charset === "utf8")) return format;
  throw new UnsupportedType(
    "Send application/x-ndjson, application/json (an array) or text/csv (with a header), in UTF-8.",
  );
}

/** The body, decompressed, within limits. @throws {TooLarge | TooBusy | UnsupportedType | InvalidInput} */
export async function readBody(request: IncomingMessage, intake: Intake): Promise<Buffer> {
  const encoding = (request.headers["content-encoding"] ?? "identity").trim().toLowerCase();
  if (encoding !== "identity" && encoding !== "gzip" && encoding !== "zstd") {
    throw new UnsupportedType("Content-Encoding may be gzip or zstd.");
  }
  if (Number(request.headers["content-length"] ?? 0) > LIMITS.bodyBytes) {
    throw tooLarge("on the wire", LIMITS.bodyBytes);
  }
  let held = 0;
  const hold = (bytes: number) => {
    intake.hold(bytes);
    held += bytes;
  };
  try {
    const body = await collect(request, hold);
    return encoding === "identity" ? body : await intake.inTurn(() => decompress(body, encoding));
  } finally {
    intake.release(held);
  }
}

async function collect(request: IncomingMessage, hold: (bytes: number) => void): Promise<Buffer> {
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

async function decompress(body: Buffer, encoding: keyof typeof DECODERS): Promise<Buffer> {
  try {
    return await DECODERS[encoding](body, LIMITS.decompressedBytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") {
      throw tooLarge("after decompression", LIMITS.decompressedBytes);
    }
    throw new InvalidInput(`The body is not whole ${encoding} data.`);
  }
}
