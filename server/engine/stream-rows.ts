import type { DispositionCounts, StreamName } from "../contracts/streams.ts";
import type { Queryable } from "../db/queryable.ts";

/** Where a stream stands. */
export interface StreamPosition {
  readonly stream: StreamName;
  readonly nextSeq: bigint;
  /** Greatest accepted event time, ms. */
  readonly watermark: number | null;
  /** State rows hold every event up to this commit position. */
  readonly coveredPosition: number;
}

export async function readStreams(db: Queryable): Promise<StreamPosition[]> {
  const { rows } = await db.query<{
    name: StreamName;
    next_seq: string;
    watermark: string | null;
    covered_position: string;
  }>("SELECT name, next_seq, watermark, covered_position FROM stream");
  return rows.map((row) => ({
    stream: row.name,
    nextSeq: BigInt(row.next_seq),
    watermark: row.watermark === null ? null : Number(row.watermark),
    coveredPosition: Number(row.covered_position),
  }));
}

/** What one commit adds to a stream's counters. */
export interface StreamProgress {
  readonly stream: StreamName;
  readonly accepted: number;
  readonly received: number;
  readonly unknownFields: number;
  readonly dispositions: DispositionCounts;
  readonly watermark: number | null;
}

export async function advanceStream(db: Queryable, progress: StreamProgress, now: Date): Promise<void> {
  const d = progress.dispositions;
  await db.query(
    `UPDATE stream SET next_seq = next_seq + $2, received = received + $3, applied = applied + $4,
       superseded = superseded + $5, duplicate = duplicate + $6, late = late + $7, not_key_user = not_key_user + $8,
       anonymous = anonymous + $9, rejected = rejected + $10, unknown_fields = unknown_fields + $11,
       watermark = greatest(watermark, $12), last_commit_at = $13, last_batch_size = $3
     WHERE name = $1`,
    [
      progress.stream,
      progress.accepted,
      progress.received,
      d.applied,
      d.superseded,
      d.duplicate,
      d.late,
      d.not_key_user,
      d.anonymous,
      d.rejected,
      progress.unknownFields,
      progress.watermark,
      now,
    ],
  );
}

/** Notes, inside the caller's transaction, that the state tables hold every event up to `position`. */
export async function coverStreams(db: Queryable, position: number): Promise<void> {
  await db.query("UPDATE stream SET covered_position = greatest(covered_position, $1)", [position]);
}
