import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readLines } from "./read-lines.ts";

const TEXT = '{"id":1}\n\n{"id":2}\n';
const LINES = ['{"id":1}', '{"id":2}'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "read-lines-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function all(path: string): Promise<string[]> {
  const found: string[] = [];
  for await (const line of readLines(path)) found.push(line);
  return found;
}

async function linesOf(name: string, bytes: Buffer | string): Promise<string[]> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return all(path);
}

test.each([
  ["plain.ndjson", TEXT, LINES],
  ["packed.ndjson.gz", gzipSync(TEXT), LINES],
  ["parts.ndjson.gz", Buffer.concat([gzipSync('{"id":1}\n'), gzipSync('{"id":2}\n')]), LINES],
  ["packed.ndjson.zst", zstdCompressSync(TEXT), LINES],
  ["table.csv", "﻿id,tel\n1,\n", ['{"id":"1","tel":null}']],
])("%s", async (name, bytes, lines) => {
  expect(await linesOf(name, bytes)).toEqual(lines);
});

test.each([
  [
    "parts.ndjson.zst",
    Buffer.concat([zstdCompressSync(TEXT), zstdCompressSync(TEXT)]),
    "several zstd frames",
  ],
  ["cut.ndjson.gz", gzipSync(TEXT).subarray(0, 20), "unexpected end of file"],
  ["cut.ndjson.zst", zstdCompressSync(TEXT).subarray(0, 10), "unexpected end of file"],
  ["open.csv", 'id,tel\n"1,2\n', "Quote Not Closed"],
])("%s is not taken for whole: what is missing is said, and of which file", async (name, bytes, why) => {
  const reading = linesOf(name, bytes);
  await expect(reading).rejects.toThrow(why);
  await expect(reading).rejects.toThrow(join(folder, name));
});

test("a file that is not there, and a folder", async () => {
  for (const path of [join(folder, "none.ndjson"), folder]) {
    await expect(all(path)).rejects.toThrow("Check the path");
  }
});
