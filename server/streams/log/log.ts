import type { StreamName } from "#server/contracts/streams.ts";
import type { Queryable } from "#server/db/queryable.ts";
import type { FieldCipher } from "#server/lib/field-cipher.ts";
import { type AcceptedRun, decodePayload, type PayloadCodec } from "./payload.ts";

/** One row of the log, ready to be written. */
export interface LogRow {
  readonly stream: StreamName;
  readonly firstSeq: bigint;
  readonly count: number;
  readonly acceptedAt: number;
  readonly minEventTime: number;
  readonly maxEventTime: number;
  readonly payload: Buffer;
}

/** A row read back. */
export interface LoggedBatch<S extends StreamName = StreamName> {
  readonly position: number;
  readonly stream: S;
  readonly firstSeq: bigint;
  readonly runs: AcceptedRun<S>[];
}

export async function appendLog(db: Queryable, position: number, rows: readonly LogRow[]): Promise<void> {
  for (const row of rows) {
    await db.query(
      `INSERT INTO event_log (position, stream, first_seq, count, accepted_at, min_event_time, max_event_time, payload)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        position,
        row.stream,
        row.firstSeq,
        row.count,
        row.acceptedAt,
        row.minEventTime,
        row.maxEventTime,
        row.payload,
      ],
    );
  }
}

interface StoredRow {
  position: string;
  stream: StreamName;
  first_seq: string;
  payload: Buffer;
}

const PAGE = 50;

/** Batches of one stream after `position`, oldest first; read in pages, so that a long log does not fill the memory. */
export async function* readLogAfter<S extends StreamName>(
  db: Queryable,
  cipher: FieldCipher,
  stream: { readonly name: S; readonly codec: PayloadCodec<S> },
  position: number,
): AsyncGenerator<LoggedBatch<S>> {
  let after = position;
  for (;;) {
    const { rows } = await db.query<StoredRow>(
      `SELECT position, stream, first_seq, payload FROM event_log
       WHERE stream = $1 AND position > $2 ORDER BY position LIMIT ${PAGE}`,
      [stream.name, after],
    );
    for (const row of rows) yield decodeRow(row, stream, cipher);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = Number(last.position);
  }
}

function decodeRow<S extends StreamName>(
  row: StoredRow,
  { name, codec }: { readonly name: S; readonly codec: PayloadCodec<S> },
  cipher: FieldCipher,
): LoggedBatch<S> {
  return {
    position: Number(row.position),
    stream: name,
    firstSeq: BigInt(row.first_seq),
    runs: decodePayload(codec, row.payload, cipher),
  };
}
