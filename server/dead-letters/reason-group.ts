import type { Context } from "../context.ts";
import type { ReplayLettersBody } from "../contracts/api/dead-letters.ts";
import { decodeCursor, encodeCursor } from "../lib/cursor.ts";
import { type LetterWhere, whereOf } from "./dead-letter-filter.ts";

/** Letters that one request deals with at most: the caller goes on from its cursor, so none takes long. */
export const LETTERS_A_REQUEST = 2_000;

/** The kind that a person deals with as a whole. */
export type LetterKind = Omit<ReplayLettersBody, "cursor" | "reason">;

/** Where a walk over a kind's open letters stands: those in (after, through] are still to come. */
export interface Walk {
  readonly after: string;
  /** The newest when the walk began: what is refused meanwhile was seen by nobody. */
  readonly through: string;
}

export const whereOfKind = ({ stream, code, field, from, to }: LetterKind): LetterWhere =>
  whereOf({ state: "open", stream, code, field: field ?? "", from, to });

/** @throws {InvalidInput} */
export async function walkFrom(ctx: Pick<Context, "pool">, cursor: string | undefined): Promise<Walk> {
  const key = decodeCursor(cursor, ["integer", "integer"]);
  if (key) return { after: String(key[0]), through: String(key[1]) };
  const { rows } = await ctx.pool.query<{ through: string }>(
    "SELECT coalesce(max(id), 0) AS through FROM dead_letter",
  );
  return { after: "0", through: rows[0]?.through ?? "0" };
}

/** Cursor of the rest; null when the part was not full. */
export const cursorOf = (walk: Walk, last: string | undefined, isFull: boolean): string | null =>
  isFull && last !== undefined ? encodeCursor([last, walk.through]) : null;

export const subjectOf = ({ stream, code, field }: LetterKind): string =>
  `dead letters ${stream} ${code}${field === null ? "" : ` ${field}`}`;
