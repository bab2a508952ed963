import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** Recorded events with the tables that another engine computed of them: README.md beside them tells which and how. */
export const FLINK_RECORDINGS = ["shop", "web", "hard"] as const;
/** All recordings; the simulator's tables are the oracle's. */
export const RECORDINGS = ["simulator", ...FLINK_RECORDINGS] as const;
type Recording = (typeof RECORDINGS)[number];

export const recordingFolder = (name: Recording = "simulator"): string => join(import.meta.dirname, name);

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
