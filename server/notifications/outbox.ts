import type pg from "pg";
import type { Notice } from "./channel.ts";

type Queryable = Pick<pg.Pool, "query">;

/** One attempt at one delivery, ours until `claimMs` are over. */
export interface Claim {
  readonly id: string;
  readonly channel: string;
  /** This attempt included. */
  readonly attempts: number;
  readonly notice: Notice;
}

interface ClaimRow {
  readonly id: string;
  readonly channel: string;
  readonly attempts: number;
  readonly delivery_key: string;
  readonly kind: Notice["kind"];
  readonly case_id: string;
  readonly payload: Omit<Notice, "key" | "kind" | "caseId" | "createdAt">;
  readonly created_at: Date;
}

/** Gives each new notice a delivery for each channel. Safe with several processes: a notice is routed once. */
export async function routeNotices(
  db: Queryable,
  channels: readonly string[],
  now: Date,
  limit: number,
): Promise<void> {
  await db.query(
    `WITH fresh AS (SELECT id FROM outbox WHERE routed_at IS NULL ORDER BY id LIMIT $3 FOR UPDATE SKIP LOCKED),
       routed AS (UPDATE outbox SET routed_at = $2 WHERE id IN (SELECT id FROM fresh) RETURNING id)
     INSERT INTO delivery (outbox_id, channel, next_attempt_at)
     SELECT id, channel, $2 FROM routed CROSS JOIN unnest($1::text[]) AS channel ORDER BY id
     ON CONFLICT (outbox_id, channel) DO NOTHING`,
    [channels, now, limit],
  );
}

/** Which deliveries: a channel's, or, null, those of none that is known. */
export interface Lane {
  readonly lane: string | null;
  readonly known: readonly string[];
}

/**
 * Takes deliveries that are due. Each stays pending and comes back by itself after `claimMs`: whoever dies half-way leaves
 * it to another, and the receiver gets it again under the same key.
 */
export async function claimDeliveries(
  db: Queryable,
  { lane, known }: Lane,
  now: Date,
  claimMs: number,
  limit: number,
): Promise<Claim[]> {
  const { rows } = await db.query<ClaimRow>(
    `WITH due AS (SELECT id FROM delivery WHERE state = 'pending' AND next_attempt_at <= $1
         AND CASE WHEN $4::text IS NULL THEN channel <> ALL ($5::text[]) ELSE channel = $4 END
       ORDER BY next_attempt_at, id LIMIT $3 FOR UPDATE SKIP LOCKED)
     UPDATE delivery d SET attempts = d.attempts + 1, next_attempt_at = $2
     FROM due, outbox o WHERE d.id = due.id AND o.id = d.outbox_id
     RETURNING d.id, d.channel, d.attempts, o.delivery_key, o.kind, o.case_id, o.payload, o.created_at`,
    [now, new Date(now.getTime() + claimMs), limit, lane, known],
  );
  return rows.map(claimOf);
}

function claimOf(row: ClaimRow): Claim {
  const { id, channel, attempts, payload, kind } = row;
  const notice: Notice = {
    ...payload,
    key: row.delivery_key,
    kind,
    caseId: row.case_id,
    createdAt: row.created_at.toISOString(),
  };
  return { id, channel, attempts, notice };
}

export async function markDelivered(db: Queryable, id: string, now: Date): Promise<void> {
  await db.query(
    "UPDATE delivery SET state = 'delivered', delivered_at = $2, last_error = NULL WHERE id = $1",
    [id, now],
  );
}

/** @param next when to try again; null: never, the delivery is dead */
export async function markFailed(
  db: Queryable,
  claim: Claim,
  reason: string,
  next: Date | null,
): Promise<void> {
  await db.query(
    `UPDATE delivery SET last_error = $2, state = CASE WHEN $3::timestamptz IS NULL THEN 'dead' ELSE state END,
       next_attempt_at = coalesce($3, next_attempt_at)
     WHERE id = $1 AND state = 'pending' AND attempts = $4`,
    [claim.id, reason, next, claim.attempts],
  );
}
