import type { Actor } from "../access/can.ts";
import type { Context } from "../context.ts";
import type { ReplayedDeadLetters, ReplayLettersBody } from "../contracts/api/dead-letters.ts";
import type { IngestAnswer } from "../contracts/api/ingest.ts";
import { noDispositions } from "../contracts/streams.ts";
import { Conflict, TooBusy } from "../lib/errors.ts";
import { openLine, type SealedLine } from "./dead-letter-line.ts";
import { bodyOf } from "./edit-line.ts";
import {
  cursorOf,
  LETTERS_A_REQUEST,
  type LetterKind,
  subjectOf,
  type Walk,
  walkFrom,
  whereOfKind,
} from "./reason-group.ts";

type Needs = Pick<Context, "pool" | "cipher" | "engine" | "config" | "now">;

/** Letters that commit together: few enough that live batches hardly wait for them. */
const LETTERS_A_BATCH = 200;
/** Times that a batch is read anew because people deal with its letters meanwhile. */
const MOST_TRIES = 5;

interface OpenLetter extends SealedLine {
  readonly id: string;
  readonly version: number;
}

/**
 * Replays open letters of one kind as they stand, oldest first: batch after batch, each committed before the next is sent,
 * so that live senders come in between. Repeating it, or going on after a failure, is harmless: what was replayed is not
 * open any more.
 * @throws {InvalidInput} the cursor is not ours
 * @throws {TooBusy | Unavailable} what was replayed stays so; the same request may be sent again
 */
export async function replayDeadLetters(
  ctx: Needs,
  actor: Pick<Actor, "id">,
  {
    cursor,
    reason = null,
    ...kind
  }: Omit<ReplayLettersBody, "reason"> & { readonly reason?: string | null | undefined },
): Promise<ReplayedDeadLetters> {
  const begun = await walkFrom(ctx, cursor);
  const dispositions = noDispositions();
  let [done, after] = [0, begun.after];
  for (;;) {
    const walk: Walk = { after, through: begun.through };
    const batch = await replayBatch(ctx, kind, walk, { actor: actor.id, reason });
    for (const name of Object.keys(dispositions) as (keyof typeof dispositions)[]) {
      dispositions[name] += batch.dispositions?.[name] ?? 0;
    }
    done += batch.size;
    after = batch.last ?? after;
    const isFull = batch.size === LETTERS_A_BATCH;
    if (isFull && done < LETTERS_A_REQUEST) continue;
    const { rejected: refused, ...taken } = dispositions;
    const replayed = Object.values(taken).reduce((sum, count) => sum + count, 0);
    return { replayed, refused, dispositions, nextCursor: cursorOf(walk, after, isFull) };
  }
}

interface BatchReplay {
  readonly size: number;
  readonly last: string | undefined;
  readonly dispositions: IngestAnswer["dispositions"] | null;
}

async function replayBatch(
  ctx: Needs,
  kind: LetterKind,
  walk: Walk,
  who: { readonly actor: string; readonly reason: string | null },
): Promise<BatchReplay> {
  for (let tries = 1; ; tries += 1) {
    const letters = await openLetters(ctx, kind, walk);
    if (letters.length === 0) return { size: 0, last: undefined, dispositions: null };
    try {
      const { dispositions } = await send(ctx, kind, letters, who);
      return { size: letters.length, last: letters.at(-1)?.id, dispositions };
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      if (tries === MOST_TRIES) throw new TooBusy("Others deal with these dead letters; send again.");
    }
  }
}

async function openLetters(ctx: Needs, kind: LetterKind, { after, through }: Walk): Promise<OpenLetter[]> {
  const { sql, params } = whereOfKind(kind);
  const at = params.length;
  const { rows } = await ctx.pool.query<OpenLetter>(
    `SELECT d.id, d.version, d.payload, d.amended FROM dead_letter d
     WHERE ${sql} AND d.id > $${at + 1} AND d.id <= $${at + 2} ORDER BY d.id LIMIT ${LETTERS_A_BATCH}`,
    [...params, after, through],
  );
  return rows;
}

function send(
  ctx: Needs,
  kind: LetterKind,
  letters: readonly OpenLetter[],
  who: { readonly actor: string; readonly reason: string | null },
): Promise<IngestAnswer> {
  return ctx.engine.ingest({
    stream: kind.stream,
    format: "ndjson",
    bytes: bodyOf(letters.map((letter) => openLine(ctx.cipher, letter))),
    clock: { kind: "wall", now: ctx.now(), skewMs: ctx.config.MAX_FUTURE_SKEW_MS },
    replay: {
      ...who,
      letters: letters.map(({ id, version }) => ({ id, version, amended: null })),
      subject: subjectOf(kind),
      fields: [],
    },
  });
}
