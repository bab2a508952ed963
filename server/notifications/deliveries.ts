import type { z } from "zod";
import { type Actor, can } from "../access/can.ts";
import type { Context } from "../context.ts";
import type { DeliveriesPage, Delivery, deliveriesQuery } from "../contracts/api/deliveries.ts";
import { type AlertKind, TOLD_KIND_OF } from "../contracts/told.ts";
import { cutPage, decodeCursor } from "../lib/cursor.ts";
import { NotFound } from "../lib/errors.ts";
import type { AnyNotice } from "./channel.ts";

interface DeliveryRow {
  readonly id: string;
  readonly delivery_key: string;
  readonly kind: AnyNotice["kind"];
  readonly case_id: string | null;
  readonly user_id: string | null;
  /** Empty: whom the channel names. */
  readonly receiver: string;
  readonly receiver_name: string | null;
  readonly channel: Delivery["channel"];
  readonly state: Delivery["state"];
  readonly attempts: number;
  readonly created_at: Date;
  readonly next_attempt_at: Date;
  readonly delivered_at: Date | null;
  readonly last_error: string | null;
}

const SELECT_DELIVERIES = `
  SELECT d.id, o.delivery_key, o.kind, o.case_id, coalesce(o.payload ->> 'userId', c.user_id::text) AS user_id, d.receiver,
    u.name AS receiver_name, d.channel, d.state, d.attempts, o.created_at, d.next_attempt_at, d.delivered_at, d.last_error
  FROM delivery d JOIN outbox o ON o.id = d.outbox_id LEFT JOIN retention_case c ON c.id = o.case_id
    LEFT JOIN "user" u ON u.id = d.receiver`;

/** Notices on their way, newest first. Who is told of what is seen by those who see people. */
export async function deliveries(
  ctx: Pick<Context, "pool">,
  actor: Actor,
  { state, cursor, limit }: z.infer<typeof deliveriesQuery>,
): Promise<DeliveriesPage> {
  const before = decodeCursor(cursor, ["integer"])?.[0] ?? null;
  const { rows } = await ctx.pool.query<DeliveryRow>(
    `${SELECT_DELIVERIES} WHERE ($1::text IS NULL OR d.state = $1) AND ($2::bigint IS NULL OR d.id < $2)
     ORDER BY d.id DESC LIMIT $3`,
    [state ?? null, before, limit + 1],
  );
  const { items, nextCursor } = cutPage(rows, limit, (row) => [row.id]);
  return { items: items.map((row) => deliveryOf(row, actor)), nextCursor };
}

/** @throws {NotFound} */
export async function delivery(ctx: Pick<Context, "pool">, actor: Actor, id: string): Promise<Delivery> {
  const { rows } = await ctx.pool.query<DeliveryRow>(`${SELECT_DELIVERIES} WHERE d.id = $1`, [id]);
  if (!rows[0]) throw new NotFound("There is no such delivery.");
  return deliveryOf(rows[0], actor);
}

function deliveryOf(row: DeliveryRow, actor: Actor): Delivery {
  const { receiver, receiver_name: name, kind } = row;
  const told = TOLD_KIND_OF[kind];
  return {
    id: row.id,
    key: row.delivery_key,
    kind: told === "alert" ? (kind as AlertKind) : told,
    caseId: row.case_id,
    userId: row.user_id,
    person: receiver !== "" && can(actor, "people.read") ? { id: receiver, name: name ?? receiver } : null,
    channel: row.channel,
    state: row.state,
    attempts: row.attempts,
    createdAt: row.created_at.toISOString(),
    nextAttemptAt: row.state === "pending" ? row.next_attempt_at.toISOString() : null,
    deliveredAt: row.delivered_at?.toISOString() ?? null,
    lastError: row.last_error,
  };
}
