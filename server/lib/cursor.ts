import { InvalidInput } from "./errors.ts";
import { isStorable } from "./text.ts";

/** Where a page of a list ended: the sort key and the id of its last row, opaque to callers. */
type CursorKey = readonly (string | number)[];

/** What a part of a key is; a cursor that holds anything else never reaches the database. */
type CursorPart = "count" | "integer" | "decimal" | "instant" | "text";

// PostgreSQL has no year 0.
const isInstant = (text: string) => /^[1-9]\d{3}-[\d:T.-]+Z$/.test(text) && !Number.isNaN(Date.parse(text));

const FITS: Readonly<Record<CursorPart, (text: string) => boolean>> = {
  // A number that is computed with: below 10^15, exact as a double.
  count: (text) => /^\d{1,15}$/.test(text),
  integer: (text) => /^-?\d{1,19}$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text),
  decimal: (text) => /^-?\d{1,18}(\.\d{1,4})?$/.test(text),
  instant: isInstant,
  text: isStorable,
};

export function encodeCursor(key: CursorKey): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/** @throws {InvalidInput} when the cursor is not one of ours */
export function decodeCursor(cursor: string | undefined, parts: readonly CursorPart[]): CursorKey | null {
  if (cursor === undefined) return null;
  const key = parseKey(cursor);
  if (key?.length === parts.length && key.every((value, index) => fits(value, parts[index]))) return key;
  throw new InvalidInput("The cursor is not one that a previous page gave. Start without one.", {
    field: "cursor",
  });
}

function parseKey(cursor: string): CursorKey | null {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    return Array.isArray(key) ? key : null;
  } catch {
    return null; // like any other cursor that is not ours
  }
}

function fits(value: unknown, part: CursorPart | undefined): boolean {
  if (part === undefined || (typeof value !== "string" && typeof value !== "number")) return false;
  return FITS[part](String(value));
}

/** Cuts a page that was read with one row more than `limit`. */
export function cutPage<T>(
  rows: readonly T[],
  limit: number,
  keyOf: (row: T) => CursorKey,
): { items: T[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null };
}
