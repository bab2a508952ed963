import type { z } from "zod";
import type { Context } from "../context.ts";
import type { DeliveriesPage, Delivery, deliveriesQuery } from "../contracts/api/deliveries.ts";
import { cutPage, decodeCursor } from "../lib/cursor.ts";
import { NotFound } from "../lib/errors.ts";

interface DeliveryRow {
  readonly id: string;
  readonly delivery_key: string;
  readonly kind: Delivery["kind"];
  readonly case_id: string;
  readonly user_id: string;
  readonly channel: Delivery["channel"];
  readonly state: Delivery["state"];
  readonly attempts: number;
  readonly created_at: Date;
  readonly next_attempt_at: Date;
  readonly delivered_at: Date | null;
  readonly last_error: string | null;
}

const SELECT_DELIVERIES = `
  SELECT d.id, o.delivery_key, o.kind, o.case_id, o.payload ->> 'userId' AS user_id, d.channel, d.state, d.attempts,
    o.created_at, d.next_attempt_at, d.delivered_at, d.last_error
  FROM delivery d JOIN outbox o ON o.id = d.outbox_id`;

/** Notices on their way, newest first. */
export async function deliveries(
  ctx: Pick<Context, "pool">,
  { state, cursor, limit }: z.infer<typeof deliveriesQuery>,
): Promise<DeliveriesPage> {
  const before = decodeCursor(cursor, ["integer"])?.[0] ?? null;
  const { rows } = await ctx.pool.query<DeliveryRow>(
    `${SELECT_DELIVERIES} WHERE ($1::text IS NULL OR d.state = $1) AND ($2::bigint IS NULL OR d.id < $2)
     ORDER BY d.id DESC LIMIT $3`,
    [state ?? null, before, limit + 1],
  );
  const { items, nextCursor } = cutPage(rows, limit, (row) => [row.id]);
  return { items: items.map(deliveryOf), nextCursor };
}

/** @throws {NotFound} */
export async function delivery(ctx: Pick<Context, "pool">, id: string): Promise<Delivery> {
  const { rows } = await ctx.pool.query<DeliveryRow>(`${SELECT_DELIVERIES} WHERE d.id = $1`, [id]);
  if (!rows[0]) throw new NotFound("There is no such delivery.");
  return deliveryOf(rows[0]);
}

function deliveryOf(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    key: row.delivery_key,
    kind: row.kind,
    caseId: row.case_id,
    userId: row.user_id,
    channel: row.channel,
    state: row.state,
    attempts: row.attempts,
    createdAt: row.created_at.toISOString(),
    nextAttemptAt: row.state === "pending" ? row.next_attempt_at.toISOString() : null,
    deliveredAt: row.delivered_at?.toISOString() ?? null,
    lastError: row.last_error,
  };
}
