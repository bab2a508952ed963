import type { BodyFormat } from "../contracts/batch.ts";
import { AppError } from "../lib/errors.ts";

export type Encoding = "identity" | "gzip" | "zstd";

const FORMATS: Readonly<Record<string, BodyFormat>> = {
  "application/x-ndjson": "ndjson",
  "application/ndjson": "ndjson",
  "application/json": "json",
  "text/csv": "csv",
};
const ENCODINGS: Readonly<Record<string, Encoding>> = {
  "": "identity",
  identity: "identity",
  gzip: "gzip",
  "x-gzip": "gzip",
  zstd: "zstd",
};

export class UnsupportedType extends AppError {
  constructor(message: string) {
    super("unsupported_type", 415, message);
  }
}

/** The format of a body, told without regard to case. @throws {UnsupportedType} */
export function formatOf(contentType: string | null | undefined): BodyFormat {
  const [type = "", ...parameters] = (contentType ?? "")
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const format = Object.hasOwn(FORMATS, type) ? FORMATS[type] : undefined;
  const charset = parameters
    .find((parameter) => parameter.startsWith("charset="))
    ?.slice(8)
    .replaceAll('"', "");
  if (format && (charset === undefined || charset === "utf-8" || charset === "utf8")) return format;
  throw new UnsupportedType(
    "Send application/x-ndjson, application/json (an array) or text/csv (with a header), in UTF-8.",
  );
}

const TYPES: Readonly<Record<BodyFormat, string>> = {
  ndjson: "application/x-ndjson",
  json: "application/json",
  csv: "text/csv",
};

/** The media type of a format. */
export const typeOf = (format: BodyFormat): string => TYPES[format];

/** How a body is packed. @throws {UnsupportedType} */
export function encodingOf(contentEncoding: string | null | undefined): Encoding {
  const name = (contentEncoding ?? "").trim().toLowerCase();
  const encoding = Object.hasOwn(ENCODINGS, name) ? ENCODINGS[name] : undefined;
  if (encoding) return encoding;
  throw new UnsupportedType("Content-Encoding may be gzip or zstd.");
}

/** The same in words, for whoever gave a file another name. */
export const NAMES_OF_FILES =
  "The name of a file decides how it is read: .csv is CSV with commas, .json one array, any other name (.ndjson, .txt, .tsv) one JSON object a line; .gz or .zst behind it says how it is packed.";

/** What a file holds, and how it is packed, by its name: .csv, .json (an array), else one object a line; .gz, .zst. */
export function kindOfFile(path: string): { readonly format: BodyFormat; readonly encoding: Encoding } {
  const [, name = "", packing = ""] = /^(.*?)(\.gz|\.zst)?$/s.exec(path.toLowerCase()) ?? [];
  const encoding = packing === ".gz" ? "gzip" : packing === ".zst" ? "zstd" : "identity";
  const format = name.endsWith(".csv") ? "csv" : name.endsWith(".json") ? "json" : "ndjson";
  return { format, encoding };
}
