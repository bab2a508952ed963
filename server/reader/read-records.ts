import type { BodyFormat } from "../contracts/batch.ts";
import { readCsv } from "./csv.ts";
import { readJsonArray } from "./json-array.ts";
import { readNdjson } from "./ndjson.ts";
import { parseObject } from "./read-object.ts";
import type { BodyRecord, ReadRecord, TakeBytes } from "./records.ts";

type Reader = (content: Buffer, takes?: TakeBytes) => Iterable<BodyRecord>;

/** How a body becomes records, by its format. What it holds stands behind any byte order mark. */
export const READERS: Readonly<Record<BodyFormat, Reader>> = {
  ndjson: readNdjson,
  json: readJsonArray,
  csv: readCsv,
};

/** Every record of a body, each read by itself. @throws {InvalidInput} nothing in it can be read */
export function* readRecords(content: Buffer, format: BodyFormat): Generator<ReadRecord> {
  for (const item of READERS[format](content)) {
    if ("json" in item) yield parseObject(item);
    else if (!("taken" in item)) yield item;
  }
}
