import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { BodyFormat } from "../../contracts/batch.ts";
import { AppError } from "../../lib/errors.ts";
import { kindOfFile } from "../../reader/media-type.ts";
import { requirePlain } from "../../reader/require-plain.ts";
import { unpacked } from "../../reader/unpack.ts";

/** A file as it is read: what it holds, by its name, and its bytes, unpacked. */
export interface OpenFile {
  readonly format: BodyFormat;
  readonly bytes: AsyncIterable<Buffer>;
}

const CHUNK = 1024 * 1024;

/**
 * Opens a file: .csv, .json (an array) or else one object a line, plain, .gz or .zst; - is standard input, an object a line.
 * @throws {AppError} there is no such file; while it is read: it cannot be read to its end, or is packed and not named so
 */
export async function openFile(path: string): Promise<OpenFile> {
  if (path !== "-") await requireFile(path);
  const { format, encoding } = kindOfFile(path);
  const bytes = told(path, unpacked(chunksOf(path), encoding));
  return { format, bytes: requirePlain(bytes, path === "-" ? "Standard input" : `The file ${path}`) };
}

async function requireFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (!found || found.isDirectory()) throw unreadable(path, "cannot be read. Check the path.");
}

const chunksOf = (path: string): AsyncIterable<Buffer> =>
  path === "-" ? process.stdin : createReadStream(path, { highWaterMark: CHUNK });

const unreadable = (path: string, why: string) =>
  new AppError("unreadable_file", 400, `The file ${path} ${why}`);

async function* told(path: string, bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* bytes;
  } catch (error) {
    throw unreadable(path, `cannot be read to its end: ${(error as Error).message}`);
  }
}
