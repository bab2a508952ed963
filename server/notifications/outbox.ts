import type pg from "pg";
import { inForceSql } from "../access/in-force.ts";
import { ALERT_KINDS, TOLD, TOLD_KIND_OF } from "../contracts/told.ts";
import type { ActNotice, AnyNotice, Notice } from "./channel.ts";
import { PERSONAL } from "./personal-mail.ts";

type Queryable = Pick<pg.Pool, "query">;

interface Attempt {
  readonly id: string;
  readonly channel: string;
  /** This attempt included. */
  readonly attempts: number;
}

/** One attempt at one delivery, ours until `claimMs` are over: to one person, or to whom its channel names. */
export type Claim = Attempt &
  (
    | { readonly receiver: string; readonly notice: AnyNotice }
    | { readonly receiver: null; readonly notice: Notice }
  );

interface ClaimRow extends Attempt {
  readonly receiver: string;
  readonly delivery_key: string;
  readonly kind: AnyNotice["kind"];
  readonly case_id: string | null;
  readonly payload: object;
  readonly created_at: Date;
}

/** The ways that are open. */
interface Open {
  readonly channels: readonly string[];
  /** Whether single people can be told. */
  readonly isPersonal: boolean;
}

const DEFAULTS = Object.fromEntries(Object.entries(TOLD).map(([kind, { isOn }]) => [kind, isOn]));

/**
 * Gives each new alert a delivery for each channel, and each new notice one for each person who has chosen to be told of its kind.
 * Whether they still may be told is asked when it is sent. Safe with several processes: a notice is routed once.
 */
export async function routeNotices(
  db: Queryable,
  { channels, isPersonal }: Open,
  now: Date,
  limit: number,
): Promise<void> {
  await db.query(
    `WITH fresh AS (SELECT id FROM outbox WHERE routed_at IS NULL ORDER BY id LIMIT $3 FOR UPDATE SKIP LOCKED),
       routed AS (UPDATE outbox SET routed_at = $2 WHERE id IN (SELECT id FROM fresh) RETURNING id, kind, receivers, payload),
       ways AS (
         SELECT id, channel, '' AS receiver FROM routed CROSS JOIN unnest($1::text[]) AS channel WHERE kind = ANY ($4::text[])
         UNION ALL
         SELECT routed.id, $5, u.id FROM routed JOIN "user" u ON $6 AND ${inForceSql("false")}
           AND CASE WHEN receivers IS NULL THEN u.id IS DISTINCT FROM payload ->> 'actor' ELSE u.id = ANY (receivers) END
           AND coalesce(u.told -> ($7::jsonb ->> kind), $8::jsonb -> ($7::jsonb ->> kind)) = 'true')
     INSERT INTO delivery (outbox_id, channel, receiver, next_attempt_at)
     SELECT id, channel, receiver, $2 FROM ways ORDER BY id ON CONFLICT (outbox_id, channel, receiver) DO NOTHING`,
    [
      channels,
      now,
      limit,
      ALERT_KINDS,
      PERSONAL,
      isPersonal,
      JSON.stringify(TOLD_KIND_OF),
      JSON.stringify(DEFAULTS),
    ],
  );
}

/** Which deliveries: those of one way, or, null, of none that is known. */
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
     RETURNING d.id, d.channel, d.attempts, d.receiver, o.delivery_key, o.kind, o.case_id, o.payload, o.created_at`,
    [now, new Date(now.getTime() + claimMs), limit, lane, known],
  );
  return rows.map(claimOf);
}

function claimOf({ id, channel, attempts, receiver, ...row }: ClaimRow): Claim {
  const attempt = { id, channel, attempts };
  const notice = {
    ...row.payload,
    key: row.delivery_key,
    kind: row.kind,
    caseId: row.case_id,
    createdAt: row.created_at.toISOString(),
  };
  // Only alerts are routed to channels.
  if (receiver === "") return { ...attempt, receiver: null, notice: notice as Notice };
  return { ...attempt, receiver, notice: notice as Notice | ActNotice };
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

/** Takes a delivery away that its person is not to get, as things stand now. */
export async function dropDelivery(db: Queryable, { id, attempts }: Claim): Promise<void> {
  await db.query("DELETE FROM delivery WHERE id = $1 AND state = 'pending' AND attempts = $2", [
    id,
    attempts,
  ]);
}
