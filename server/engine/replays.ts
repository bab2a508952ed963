import type { IngestBatch, SeenDeadLetter, ValidatedReplay } from "../contracts/batch.ts";
import type { StreamName } from "../contracts/streams.ts";
import { recordAct } from "../db/audit.ts";
import type { Queryable } from "../db/queryable.ts";

/**
 * Locks the dead letters that these batches replay, by id, until the commit.
 * @returns the batches with a dead letter that is no longer as it was seen, or that an earlier batch of the group takes
 */
export async function lockReplays(
  db: Queryable,
  batches: readonly IngestBatch[],
): Promise<ReadonlySet<IngestBatch>> {
  const left = new Set<IngestBatch>();
  const replays = batches.flatMap((batch) =>
    batch.replay ? [{ batch, deadLetters: deadLettersOf(batch.replay) }] : [],
  );
  if (replays.length === 0) return left;
  const { rows } = await db.query<{ id: string; version: number }>(
    "SELECT id, version FROM dead_letter WHERE id = ANY ($1::bigint[]) AND state = 'open' ORDER BY id FOR UPDATE",
    [replays.flatMap(({ deadLetters }) => deadLetters.map(({ id }) => id))],
  );
  const current = new Map(rows.map(({ id, version }) => [id, version]));
  for (const { batch, deadLetters } of replays) {
    if (deadLetters.some(({ id, version }) => current.get(id) !== version)) left.add(batch);
    else for (const { id } of deadLetters) current.delete(id);
  }
  return left;
}

const deadLettersOf = ({ taken, refused }: ValidatedReplay): SeenDeadLetter[] => [
  ...taken,
  ...refused.map(({ deadLetter }) => deadLetter),
];

/** Notes what became of the dead letters of a replay, in the transaction that commits their events. */
export async function settleReplay(db: Queryable, { stream, replay }: IngestBatch, at: Date): Promise<void> {
  if (!replay) return;
  await closeDeadLetters(db, replay, at);
  await keepOpen(db, replay);
  await countReplayed(db, stream, replay.taken.length);
  const details = {
    replayed: replay.taken.length,
    refused: replay.refused.length,
    ...(replay.fields.length > 0 ? { fields: replay.fields } : {}),
    ...(replay.reason === null ? {} : { reason: replay.reason }),
  };
  const { actor, subject, address = null } = replay;
  await recordAct(db, { at, actor, action: "dead-letters.replay", subject, details, address });
}

async function closeDeadLetters(
  db: Queryable,
  { taken, actor, reason }: ValidatedReplay,
  at: Date,
): Promise<void> {
  if (taken.length === 0) return;
  await db.query(
    `UPDATE dead_letter AS d SET state = 'replayed', version = d.version + 1, settled_at = $3, settled_by = $4,
       reason = $5, edited = coalesce(n.edited, d.edited)
     FROM unnest($1::bigint[], $2::bytea[]) AS n (id, edited) WHERE d.id = n.id`,
    [taken.map(({ id }) => id), taken.map(editedOf), at, actor, reason],
  );
}

/** Refused again: the dead letter stays open, with the reason that it has now. */
async function keepOpen(db: Queryable, { refused }: ValidatedReplay): Promise<void> {
  if (refused.length === 0) return;
  await db.query(
    `UPDATE dead_letter AS d SET code = n.code, field = n.field, message = n.message, attempts = d.attempts + 1,
       version = d.version + 1, edited = coalesce(n.edited, d.edited)
     FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::bytea[]) AS n (id, code, field, message, edited)
     WHERE d.id = n.id`,
    [
      refused.map(({ deadLetter }) => deadLetter.id),
      refused.map(({ reject }) => reject.code),
      refused.map(({ reject }) => reject.field),
      refused.map(({ reject }) => reject.message),
      refused.map(({ deadLetter }) => editedOf(deadLetter)),
    ],
  );
}

async function countReplayed(db: Queryable, stream: StreamName, count: number): Promise<void> {
  if (count === 0) return;
  await db.query("UPDATE stream SET dead_letters_replayed = dead_letters_replayed + $2 WHERE name = $1", [
    stream,
    count,
  ]);
}

/** What crossed threads is a plain array of bytes. */
const editedOf = ({ edited }: SeenDeadLetter): Buffer | null =>
  edited === null ? null : Buffer.from(edited);
