import { z } from "zod";
import { ALERT_KINDS, TOLD_KINDS } from "../told.ts";
import { id, instant, listQuery, page } from "./common.ts";
import { person } from "./retention.ts";

export const deliveryState = z.enum(["pending", "delivered", "dead"]);

/** What a notice is about: an alert, or something that single people are told. */
const noticeKind = z.enum([...ALERT_KINDS, ...z.enum(TOLD_KINDS).exclude(["alert"]).options]);

/** A notice on its way over one channel, or to one person (rule K9). */
export const delivery = z.object({
  id,
  /** The same on every repeat. */
  key: z.string(),
  kind: noticeKind,
  /** null: it is about no case. */
  caseId: id.nullable(),
  userId: id.nullable(),
  /** Who is told it; null: whom the channel names, or who asks may not see people. */
  person: person.nullable(),
  /** Its name in server/notifications/channels.ts, or `personal`. */
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
