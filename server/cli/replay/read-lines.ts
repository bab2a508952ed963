import { createReadStream } from "node:fs";
import { access } from "node:fs/promises";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { parse } from "csv-parse";
import { AppError } from "../../lib/errors.ts";

/** NDJSON lines of a file: .ndjson, .json (an array a line counts as one) or .csv, plain, .gz or .zst; - is stdin. */
export async function* readLines(path: string): AsyncGenerator<string> {
  if (path !== "-") {
    await access(path).catch(() => {
      throw new AppError("no_such_file", 400, `The file ${path} cannot be read. Check the path.`);
    });
  }
  const plain = decompressed(path);
  const name = path.replace(/\.(gz|zst)$/, "");
  if (name.endsWith(".csv")) {
    const cells = plain.pipe(parse({ bom: true, columns: true, skip_empty_lines: true }));
    for await (const record of cells as AsyncIterable<Record<string, string>>) {
      yield JSON.stringify(record, (_key, value) => (value === "" ? null : value));
    }
    return;
  }
  for await (const line of createInterface({ input: plain, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() !== "") yield line;
  }
}

function decompressed(path: string): Readable {
  const source = path === "-" ? process.stdin : createReadStream(path);
  if (path.endsWith(".gz")) return source.pipe(createGunzip());
  if (path.endsWith(".zst")) return source.pipe(createZstdDecompress());
  return source;
}
