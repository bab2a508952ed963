import type { Context } from "../context.ts";
import type { PipelineStatus, StreamStatus } from "../contracts/api/pipeline.ts";
import { streamName } from "../contracts/api/streams.ts";
import { REVEAL_REFUSED } from "../contracts/reveal.ts";
import { readPruning } from "../jobs/pruning.ts";
import { readVerification } from "../jobs/verification.ts";
import { readNodes } from "../nodes/registry.ts";
import { outboxStatus } from "../notifications/outbox-status.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
type Needs = Pick<Context, "pool" | "now" | "live" | "writer">;

/** Numbers of PostgreSQL's bigint columns come as text. */
interface StreamRow {
  readonly name: string;
  readonly received: string;
  readonly applied: string;
  readonly superseded: string;
  readonly duplicate: string;
  readonly late: string;
  readonly not_key_user: string;
  readonly anonymous: string;
  readonly rejected: string;
  readonly dead_letters_replayed: string;
  readonly dead_letters_discarded: string;
  readonly unknown_fields: string;
  readonly watermark: string | null;
  readonly last_commit_at: Date | null;
  readonly last_batch_size: number;
}

/** How the pipeline is doing: every stream's figures, from one statement. */
export async function pipelineStatus(ctx: Needs): Promise<PipelineStatus> {
  const [streams, lastHour, reveals, outbox, verification, pruning, nodes] = await Promise.all([
    ctx.pool.query<StreamRow>("SELECT * FROM stream ORDER BY array_position($1::text[], name)", [
      streamName.options,
    ]),
    ctx.pool.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM dead_letter WHERE received_at > $1",
      [new Date(ctx.now() - HOUR_MS)],
    ),
    ctx.pool.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM audit_entry WHERE action = $1 AND at > $2",
      [REVEAL_REFUSED, new Date(ctx.now() - DAY_MS)],
    ),
    outboxStatus(ctx),
    readVerification(ctx),
    readPruning(ctx),
    readNodes(ctx.pool),
  ]);
  const { epoch, ...writer } = ctx.writer.status();
  return {
    at: new Date(ctx.now()).toISOString(),
    streams: streams.rows.map((row) => streamStatus(ctx, row)),
    writer: { ...writer, epoch: String(epoch) },
    outbox,
    verification: verification && {
      at: verification.at,
      days: verification.days,
      differences: verification.differences,
    },
    pruning,
    revealsRefused: reveals.rows[0]?.count ?? 0,
    sockets: { connected: ctx.live.socketCount() },
    nodes: nodes.map(
      ({ url: _url, position: _position, channels: _channels, startedAt, seenAt, ...node }) => ({
        ...node,
        isThis: node.id === writer.holder,
        startedAt: startedAt.toISOString(),
        seenAt: seenAt.toISOString(),
      }),
    ),
    deadLetters: {
      // Each reject is one dead letter (rule C7), so the counters tell their number without counting rows.
      total: streams.rows.reduce((sum, row) => sum + Number(row.rejected), 0),
      open: streams.rows.reduce((sum, row) => sum + deadLettersOf(row).open, 0),
      lastHour: lastHour.rows[0]?.count ?? 0,
    },
  };
}

function streamStatus(ctx: Needs, row: StreamRow): StreamStatus {
  const watermark = row.watermark === null ? null : Number(row.watermark);
  return {
    stream: streamName.parse(row.name),
    received: Number(row.received),
    dispositions: {
      applied: Number(row.applied),
      superseded: Number(row.superseded),
      duplicate: Number(row.duplicate),
      late: Number(row.late),
      not_key_user: Number(row.not_key_user),
      anonymous: Number(row.anonymous),
      rejected: Number(row.rejected),
    },
    deadLetters: deadLettersOf(row),
    unknownFields: Number(row.unknown_fields),
    ratePerSecond: ctx.live.rate(row.name),
    lastCommitAt: row.last_commit_at?.toISOString() ?? null,
    lastBatchSize: row.last_batch_size,
    lagSeconds: watermark === null ? null : Math.max(0, (ctx.now() - watermark) / 1000),
    watermark: watermark === null ? null : new Date(watermark).toISOString(),
  };
}

/** Counters tell what rows would: whoever replays or discards a dead letter counts it in the same transaction. */
function deadLettersOf(row: StreamRow): StreamStatus["deadLetters"] {
  const [replayed, discarded] = [Number(row.dead_letters_replayed), Number(row.dead_letters_discarded)];
  return { open: Number(row.rejected) - replayed - discarded, replayed, discarded };
}
