import type { Context } from "../context.ts";
import type { ReplayDeadLettersBody } from "../contracts/api/dead-letters.ts";
import { decodeCursor, encodeCursor } from "../lib/cursor.ts";
import { type DeadLetterWhere, whereOf } from "./dead-letter-filter.ts";

/** Dead letters that one request deals with at most: the caller goes on from its cursor, so none takes long. */
export const DEAD_LETTERS_A_REQUEST = 2_000;

/** The reason group that a person deals with as a whole. */
export type ReasonGroup = Omit<ReplayDeadLettersBody, "cursor" | "reason">;

/** Where a walk over a reason group's open dead letters stands: those in (after, through] are still to come. */
export interface Walk {
  readonly after: string;
  /** The newest when the walk began: what is refused meanwhile was seen by nobody. */
  readonly through: string;
}

export const whereOfGroup = ({ stream, code, field, from, to }: ReasonGroup): DeadLetterWhere =>
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

export const subjectOf = ({ stream, code, field }: ReasonGroup): string =>
  `dead letters ${stream} ${code}${field === null ? "" : ` ${field}`}`;
