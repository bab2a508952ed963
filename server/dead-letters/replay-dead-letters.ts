import type { Actor } from "../access/can.ts";
import type { Context } from "../context.ts";
import type { ReplayDeadLettersBody, ReplayedDeadLetters } from "../contracts/api/dead-letters.ts";
import type { IngestAnswer } from "../contracts/api/ingest.ts";
import { noDispositions } from "../contracts/streams.ts";
import { Conflict, TooBusy } from "../lib/errors.ts";
import { requestAddress } from "../lib/request-address.ts";
import { openLine, type SealedLine } from "./dead-letter-line.ts";
import { bodyOf } from "./edit-line.ts";
import {
  cursorOf,
  DEAD_LETTERS_A_REQUEST,
  type ReasonGroup,
  subjectOf,
  type Walk,
  walkFrom,
  whereOfGroup,
} from "./reason-group.ts";

type Needs = Pick<Context, "pool" | "cipher" | "engine" | "config" | "now">;

/** Dead letters that commit together: few enough that live batches hardly wait for them. */
const DEAD_LETTERS_A_BATCH = 200;
/** Times that a batch is read anew because people deal with its dead letters meanwhile. */
const MOST_TRIES = 5;

interface OpenDeadLetter extends SealedLine {
  readonly id: string;
  readonly version: number;
}

/**
 * Replays open dead letters of one reason group as they stand, oldest first: batch after batch, each committed before the next is sent,
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
    ...group
  }: Omit<ReplayDeadLettersBody, "reason"> & { readonly reason?: string | null | undefined },
): Promise<ReplayedDeadLetters> {
  const begun = await walkFrom(ctx, cursor);
  const dispositions = noDispositions();
  let [done, after] = [0, begun.after];
  for (;;) {
    const walk: Walk = { after, through: begun.through };
    const batch = await replayBatch(ctx, group, walk, { actor: actor.id, reason });
    for (const name of Object.keys(dispositions) as (keyof typeof dispositions)[]) {
      dispositions[name] += batch.dispositions?.[name] ?? 0;
    }
    done += batch.size;
    after = batch.last ?? after;
    const isFull = batch.size === DEAD_LETTERS_A_BATCH;
    if (isFull && done < DEAD_LETTERS_A_REQUEST) continue;
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
  group: ReasonGroup,
  walk: Walk,
  who: { readonly actor: string; readonly reason: string | null },
): Promise<BatchReplay> {
  for (let tries = 1; ; tries += 1) {
    const deadLetters = await openDeadLetters(ctx, group, walk);
    if (deadLetters.length === 0) return { size: 0, last: undefined, dispositions: null };
    try {
      const { dispositions } = await send(ctx, group, deadLetters, who);
      return { size: deadLetters.length, last: deadLetters.at(-1)?.id, dispositions };
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      if (tries === MOST_TRIES) throw new TooBusy("Others deal with these dead letters; send again.");
    }
  }
}

async function openDeadLetters(
  ctx: Needs,
  group: ReasonGroup,
  { after, through }: Walk,
): Promise<OpenDeadLetter[]> {
  const { sql, params } = whereOfGroup(group);
  const at = params.length;
  const { rows } = await ctx.pool.query<OpenDeadLetter>(
    `SELECT d.id, d.version, d.payload, d.edited FROM dead_letter d
     WHERE ${sql} AND d.id > $${at + 1} AND d.id <= $${at + 2} ORDER BY d.id LIMIT ${DEAD_LETTERS_A_BATCH}`,
    [...params, after, through],
  );
  return rows;
}

function send(
  ctx: Needs,
  group: ReasonGroup,
  deadLetters: readonly OpenDeadLetter[],
  who: { readonly actor: string; readonly reason: string | null },
): Promise<IngestAnswer> {
  return ctx.engine.ingest({
    stream: group.stream,
    format: "ndjson",
    bytes: bodyOf(deadLetters.map((deadLetter) => openLine(ctx.cipher, deadLetter))),
    clock: { kind: "wall", now: ctx.now(), skewMs: ctx.config.MAX_FUTURE_SKEW_MS },
    replay: {
      ...who,
      address: requestAddress(),
      deadLetters: deadLetters.map(({ id, version }) => ({ id, version, edited: null })),
      subject: subjectOf(group),
      fields: [],
    },
  });
}
