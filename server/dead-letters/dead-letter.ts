import type { Context } from "../context.ts";
import type { DeadLetter, DeadLetterDetail } from "../contracts/api/dead-letters.ts";
import { NotFound } from "../lib/errors.ts";
import { openLine, type SealedLine, showLine } from "./dead-letter-line.ts";
import { LETTER_COLUMNS, LETTER_TABLES, letterOf } from "./list-dead-letters.ts";

type LetterRow = Parameters<typeof letterOf>[0];

/** A letter and its line, still sealed. */
export interface FoundLetter {
  readonly letter: DeadLetter;
  readonly line: SealedLine;
}

/** @throws {NotFound} */
export async function findLetter(ctx: Pick<Context, "pool">, id: string): Promise<FoundLetter> {
  if (!/^\d{1,18}$/.test(id)) throw new NotFound("There is no such dead letter.");
  const { rows } = await ctx.pool.query<LetterRow & SealedLine>(
    `SELECT ${LETTER_COLUMNS}, d.payload, d.amended FROM ${LETTER_TABLES} WHERE d.id = $1`,
    [id],
  );
  const [row] = rows;
  if (!row) throw new NotFound("There is no such dead letter.");
  return { letter: letterOf(row), line: row };
}

/** A letter with its line, personal data masked. @throws {NotFound} */
export async function deadLetter(
  ctx: Pick<Context, "pool" | "cipher">,
  id: string,
): Promise<DeadLetterDetail> {
  const { letter, line } = await findLetter(ctx, id);
  return {
    ...letter,
    isAmended: line.amended !== null,
    ...showLine(letter.stream, openLine(ctx.cipher, line)),
  };
}
