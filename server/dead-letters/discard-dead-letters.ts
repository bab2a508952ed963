import type pg from "pg";
import type { Actor } from "../access/can.ts";
import type { Context } from "../context.ts";
import type {
  DeadLetter,
  DiscardDeadLettersBody,
  DiscardedDeadLetters,
} from "../contracts/api/dead-letters.ts";
import type { Committed } from "../contracts/committed.ts";
import type { StreamName } from "../contracts/streams.ts";
import { recordAct } from "../db/audit.ts";
import { commitAt } from "../db/commit-feed.ts";
import { Conflict } from "../lib/errors.ts";
import { findDeadLetter } from "./dead-letter.ts";
import { cursorOf, DEAD_LETTERS_A_REQUEST, subjectOf, walkFrom, whereOfGroup } from "./reason-group.ts";

type Needs = Pick<Context, "pool" | "now" | "publish">;

/** Who discards dead letters, and why. */
interface Discard {
  readonly actor: string;
  readonly reason: string;
  readonly subject: string;
  readonly stream: StreamName;
}

/**
 * Discards one open dead letter.
 * @throws {NotFound}
 * @throws {Conflict} it is not open any more, or somebody was faster
 */
export async function discardDeadLetter(
  ctx: Needs,
  actor: Pick<Actor, "id">,
  { id, version, reason }: { readonly id: string; readonly version: number; readonly reason: string },
): Promise<DeadLetter> {
  const { deadLetter } = await findDeadLetter(ctx, id);
  const discard: Discard = {
    actor: actor.id,
    reason,
    subject: `dead letter ${id}`,
    stream: deadLetter.stream,
  };
  const discarded = await execute(ctx, discard, "d.id = $1 AND d.version = $2 AND d.state = 'open'", [
    id,
    version,
  ]);
  const { deadLetter: current } = await findDeadLetter(ctx, id);
  if (discarded.length > 0) return current;
  const message =
    current.state === "open"
      ? "Somebody changed this dead letter after you saw it."
      : `This dead letter has been ${current.state}.`;
  throw new Conflict(message, current);
}

/** Discards open dead letters of one reason group, as many as one request may. @throws {InvalidInput} the cursor is not ours */
export async function discardDeadLetters(
  ctx: Needs,
  actor: Pick<Actor, "id">,
  { cursor, reason, ...group }: DiscardDeadLettersBody,
): Promise<DiscardedDeadLetters> {
  const walk = await walkFrom(ctx, cursor);
  const { sql, params } = whereOfGroup(group);
  const at = params.length;
  const discarded = await execute(
    ctx,
    { actor: actor.id, reason, subject: subjectOf(group), stream: group.stream },
    `${sql} AND d.id > $${at + 1} AND d.id <= $${at + 2}`,
    [...params, walk.after, walk.through],
  );
  const isFull = discarded.length === DEAD_LETTERS_A_REQUEST;
  return { discarded: discarded.length, nextCursor: cursorOf(walk, discarded.at(-1), isFull) };
}

/** @returns ids of the dead letters, ascending */
async function execute(
  ctx: Needs,
  discard: Discard,
  where: string,
  params: readonly unknown[],
): Promise<string[]> {
  const client = await ctx.pool.connect();
  try {
    await client.query("BEGIN");
    const ids = await lock(client, where, params);
    const committed = ids.length > 0 ? await write(client, discard, ids, new Date(ctx.now())) : null;
    await client.query("COMMIT");
    if (committed !== null) ctx.publish(committed);
    return ids;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined); // the first error is the one that tells
    throw error;
  } finally {
    client.release();
  }
}

async function lock(client: pg.PoolClient, where: string, params: readonly unknown[]): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT d.id FROM dead_letter d WHERE ${where} ORDER BY d.id LIMIT ${DEAD_LETTERS_A_REQUEST} FOR UPDATE`,
    [...params],
  );
  return rows.map(({ id }) => id);
}

/** In the order of locks that the writer has: dead letters, commit position, stream. */
async function write(
  client: pg.PoolClient,
  { actor, reason, subject, stream }: Discard,
  ids: readonly string[],
  at: Date,
): Promise<Committed> {
  await client.query(
    `UPDATE dead_letter SET state = 'discarded', version = version + 1, settled_at = $2, settled_by = $3, reason = $4
     WHERE id = ANY ($1::bigint[])`,
    [ids, at, actor, reason],
  );
  const details = { discarded: ids.length, reason };
  await recordAct(client, { at, actor, action: "dead-letters.discard", subject, details });
  return commitAt(client, async () => {
    await client.query(
      "UPDATE stream SET dead_letters_discarded = dead_letters_discarded + $2 WHERE name = $1",
      [stream, ids.length],
    );
    return {};
  });
}
