import { z } from "zod";
import { bizHour, businessDate, instant, money } from "./common.ts";
import { hourFigures } from "./orders.ts";

/** One revision of a closed day (rule O6); 1 is the close itself. */
const dayRevision = z.object({
  revision: z.number().int(),
  /** The clock that closed the day, or when it was revised. */
  at: instant,
  /** Who revised; null: the close. */
  actor: z.string().nullable(),
  reason: z.string().nullable(),
  /** Late orders that it took in. */
  lateEvents: z.number().int(),
  totalPremium: money,
  grossPremium: money,
});

/** GET /api/v1/orders/days/{date}/revisions : newest first. */
export const dayRevisions = z.object({
  date: businessDate,
  /** 0: the day is open. */
  revision: z.number().int(),
  items: z.array(dayRevision),
  /** Late orders that no revision has taken in. */
  lateEvents: z.number().int(),
});
export type DayRevisions = z.infer<typeof dayRevisions>;

const figures = hourFigures.omit({ bizHour: true, partial: true, revisedByLate: true });

/** GET /api/v1/orders/days/{date}/late : what the late orders would change, hour by hour. */
export const lateEffect = z.object({
  date: businessDate,
  revision: z.number().int(),
  lateEvents: z.number().int(),
  /** Hours whose figures would differ. */
  hours: z.array(z.object({ bizHour, before: figures, after: figures })),
});
export type LateEffect = z.infer<typeof lateEffect>;

/** POST /api/v1/orders/days/{date}/apply-late, If-Match: the revision that was seen. */
export const applyLate = z.object({
  /** Why; kept with the revision and in the audit log. */
  reason: z.string().trim().min(1).max(500),
});
