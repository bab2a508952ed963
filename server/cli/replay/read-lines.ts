import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { parse } from "csv-parse";
import { AppError } from "../../lib/errors.ts";

/**
 * NDJSON lines of a file: .ndjson, .json (an array a line counts as one) or .csv, plain, .gz or .zst; - is stdin.
 * @throws {AppError} there is no such file, or it cannot be read to its end
 */
export async function* readLines(path: string): AsyncGenerator<string> {
  const size = path === "-" ? 0 : await sizeOf(path);
  const { plain, bytesRead } = decompressed(path);
  try {
    yield* linesOf(plain, path.replace(/\.(gz|zst)$/, ""));
  } catch (error) {
    throw unreadable(path, `cannot be read to its end: ${(error as Error).message}`);
  }
  // Node's decoder stops after the first frame without a word.
  if (bytesRead && bytesRead() < size) {
    throw unreadable(path, "is made of several zstd frames: only the first was read. Compress it as one.");
  }
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => null);
  if (!found || found.isDirectory()) throw unreadable(path, "cannot be read. Check the path.");
  return found.size;
}

const unreadable = (path: string, why: string) =>
  new AppError("unreadable_file", 400, `The file ${path} ${why}`);

async function* linesOf(plain: Readable, name: string): AsyncGenerator<string> {
  if (name.endsWith(".csv")) {
    const cells = plain.compose(parse({ bom: true, columns: true, skip_empty_lines: true }));
    for await (const record of cells as AsyncIterable<Record<string, string>>) {
      yield JSON.stringify(record, (_key, value) => (value === "" ? null : value));
    }
    return;
  }
  for await (const line of createInterface({ input: plain, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() !== "") yield line;
  }
}

/** What a file holds; of zstd, also how many of its bytes the decoder has taken. */
function decompressed(path: string): { readonly plain: Readable; readonly bytesRead?: () => number } {
  const source = path === "-" ? process.stdin : createReadStream(path);
  if (path.endsWith(".gz")) return { plain: source.pipe(createGunzip()) };
  if (!path.endsWith(".zst")) return { plain: source };
  const decoder = createZstdDecompress();
  return { plain: source.pipe(decoder), bytesRead: () => decoder.bytesWritten };
}
