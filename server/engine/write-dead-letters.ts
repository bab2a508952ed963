import type { Reject } from "../contracts/events.ts";
import type { StreamName } from "../contracts/streams.ts";
import type { Queryable } from "../db/queryable.ts";
import type { FieldCipher } from "../lib/field-cipher.ts";

const PURPOSE = "dead_letter";
/** Lines a statement: sealing all of a large body takes longer than the database waits in a transaction. */
const CHUNK = 5_000;

/** Keeps rejected lines, sealed: nothing that a sender gave us is lost (rule C7). */
export async function writeDeadLetters(
  db: Queryable,
  stream: StreamName,
  rejects: readonly Reject[],
  receivedAt: Date,
  cipher: FieldCipher,
): Promise<void> {
  for (let start = 0; start < rejects.length; start += CHUNK) {
    await writeChunk(db, stream, rejects.slice(start, start + CHUNK), receivedAt, cipher);
  }
}

async function writeChunk(
  db: Queryable,
  stream: StreamName,
  rejects: readonly Reject[],
  receivedAt: Date,
  cipher: FieldCipher,
): Promise<void> {
  await db.query(
    `INSERT INTO dead_letter (stream, received_at, received_on, line, code, field, message, payload)
     SELECT $1, $2, ($2::timestamptz AT TIME ZONE 'UTC')::date, * FROM unnest($3::int[], $4::text[], $5::text[], $6::text[], $7::bytea[])`,
    [
      stream,
      receivedAt,
      rejects.map((reject) => reject.line),
      rejects.map((reject) => reject.code),
      rejects.map((reject) => reject.field),
      rejects.map((reject) => reject.message),
      rejects.map((reject) => cipher.seal(reject.raw, PURPOSE)),
    ],
  );
}
