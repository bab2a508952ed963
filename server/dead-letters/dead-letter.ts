import type { Context } from "../context.ts";
import type { DeadLetter, DeadLetterDetail } from "../contracts/api/dead-letters.ts";
import { NotFound } from "../lib/errors.ts";
import { openLine, type SealedLine, showLine } from "./dead-letter-line.ts";
import { DEAD_LETTER_COLUMNS, DEAD_LETTER_TABLES, deadLetterOf } from "./list-dead-letters.ts";

type DeadLetterRow = Parameters<typeof deadLetterOf>[0];

/** A dead letter and its line, still sealed. */
export interface FoundDeadLetter {
  readonly deadLetter: DeadLetter;
  readonly line: SealedLine;
}

/** @throws {NotFound} */
export async function findDeadLetter(ctx: Pick<Context, "pool">, id: string): Promise<FoundDeadLetter> {
  if (!/^\d{1,18}$/.test(id)) throw new NotFound("There is no such dead letter.");
  const { rows } = await ctx.pool.query<DeadLetterRow & SealedLine>(
    `SELECT ${DEAD_LETTER_COLUMNS}, d.payload, d.edited FROM ${DEAD_LETTER_TABLES} WHERE d.id = $1`,
    [id],
  );
  const [row] = rows;
  if (!row) throw new NotFound("There is no such dead letter.");
  return { deadLetter: deadLetterOf(row), line: row };
}

/** A dead letter with its line, personal data masked. @throws {NotFound} */
export async function deadLetter(
  ctx: Pick<Context, "pool" | "cipher">,
  id: string,
): Promise<DeadLetterDetail> {
  const { deadLetter, line } = await findDeadLetter(ctx, id);
  return {
    ...deadLetter,
    isEdited: line.edited !== null,
    ...showLine(deadLetter.stream, openLine(ctx.cipher, line)),
  };
}
