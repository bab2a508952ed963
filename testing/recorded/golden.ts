import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** Recorded events with tables that another engine computed: beside the checkout, where somebody has put them. */
const GOLDEN = process.env.TIDEWATCH_GOLDEN ?? join(import.meta.dirname, "../../../shared/golden");

/** The small recording that stands in the repository, made by demo/record.ts. */
const RECORDED = join(import.meta.dirname, "recorded");

export const isGoldenHere = (): boolean => existsSync(join(GOLDEN, "README.md"));
export const goldenFolder = (name: string): string => join(GOLDEN, name);
export const recordedFolder = (): string => RECORDED;

/** Lines of a gzipped NDJSON file; none where the folder has no such file. */
export function readLines(folder: string, stream: string): string[] {
  const path = join(folder, `${stream}.ndjson.gz`);
  if (!existsSync(path)) return [];
  return gunzipSync(readFileSync(path))
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "");
}

/**
 * Lines as records whose amounts keep their decimal text: a JSON number counts as its text (C4). The reviver's source
 * is the runtime's own; nothing of the product takes part.
 */
export function readRecords(folder: string, stream: string): Record<string, unknown>[] {
  const keep = (_key: string, value: unknown, context?: { source?: string }) =>
    typeof value === "number" ? (context?.source ?? String(value)) : value;
  return readLines(folder, stream).map(
    (line) => JSON.parse(line, keep as (key: string, value: unknown) => unknown) as Record<string, unknown>,
  );
}

/** Rows of a recorded table, as sorted tab-separated text; null where the folder has none. */
export function readTable(folder: string, table: string): string[] | null {
  const path = join(folder, `${table}.tsv`);
  if (!existsSync(path)) return null;
  return sorted(
    readFileSync(path, "utf8")
      .split("\n")
      .filter((line) => line !== ""),
  );
}

/** One row as recorded tables write it. */
export const asTsv = (row: readonly unknown[]): string => row.map((cell) => cell ?? "\\N").join("\t");
export const sorted = (rows: readonly string[]): string[] => [...rows].sort();
