import { z } from "zod";
import { id, instant, listQuery, page } from "./common.ts";

export const deliveryState = z.enum(["pending", "delivered", "dead"]);

/** A notice on its way over one channel (rule K9). */
export const delivery = z.object({
  id,
  /** The same on every repeat. */
  key: z.string(),
  kind: z.enum(["opened", "regressed", "escalated"]),
  caseId: id,
  userId: id,
  /** Its name in server/notifications/channels.ts. */
  channel: z.string(),
  state: deliveryState,
  attempts: z.number().int(),
  createdAt: instant,
  /** When it is tried next; null: never. */
  nextAttemptAt: instant.nullable(),
  deliveredAt: instant.nullable(),
  lastError: z.string().nullable(),
});
export type Delivery = z.infer<typeof delivery>;

/** GET /api/v1/deliveries : newest first. */
export const deliveriesQuery = listQuery.extend({ state: deliveryState.optional() });
export const deliveriesPage = page(delivery);
export type DeliveriesPage = z.infer<typeof deliveriesPage>;
