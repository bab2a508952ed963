import { InvalidInput } from "../lib/errors.ts";

/** Where a page of a list ended: the sort key and the id of its last row, opaque to callers. */
export type CursorKey = readonly (string | number | null)[];

export function encodeCursor(key: CursorKey): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/** @throws {InvalidInput} when the cursor is not one of ours */
export function decodeCursor(cursor: string | undefined, length: number): CursorKey | null {
  if (cursor === undefined) return null;
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    const isKey = Array.isArray(key) && key.length === length;
    if (isKey && key.every((part) => part === null || ["string", "number"].includes(typeof part))) return key;
  } catch {
    // told below, like any other cursor that is not ours
  }
  throw new InvalidInput("The cursor is not one that a previous page gave. Start without one.", {
    field: "cursor",
  });
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
