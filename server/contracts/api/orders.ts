import { z } from "zod";
import { CAUSE_KINDS } from "../cause-kinds.ts";
import { COMPARISONS, type ComparedWith, isComparison } from "../compared-days.ts";
import { HOUR_MEASURES, SHOWN_MEASURES, type ShownMeasure } from "../hour-measures.ts";
import { bizHour, businessDate, id, instant, listQuery, money, page, snapshotPosition } from "./common.ts";

type Shape = {
  [M in ShownMeasure]: (typeof HOUR_MEASURES)[M]["kind"] extends "money" ? typeof money : z.ZodInt;
};

const measures = Object.fromEntries(
  SHOWN_MEASURES.map((name) => [name, HOUR_MEASURES[name].kind === "money" ? money : z.int()]),
) as unknown as Shape;

/** One business hour (rules O4, O7). */
export const hourFigures = z.object({
  bizHour,
  ...measures,
  /** The hour still runs by the server's clock. */
  partial: z.boolean(),
  revisedByLate: z.boolean(),
});
export type HourFigures = z.infer<typeof hourFigures>;

export const hourlyQuery = z.object({
  date: businessDate.optional(),
  /** An earlier revision of a closed day; default: the newest. */
  revision: z.coerce.number().int().min(1).max(1_000_000).optional(),
});

/** What a day is compared with (rule O13). */
const comparedWith = z
  .string()
  .refine(
    (text): text is ComparedWith => isComparison(text) || businessDate.safeParse(text).success,
    `must be ${COMPARISONS.join(", ")} or a date yyyy-mm-dd between 1970 and 9998`,
  );

/** GET /api/v1/orders/hourly.csv : the table as the board shows it. */
export const hourlyCsvQuery = z.object({
  date: businessDate,
  /** Which premium: the users' last orders, all orders, or both. */
  show: z.enum(["last", "gross", "both"]).default("both"),
  /** Default: compared with nothing. */
  with: comparedWith.optional(),
});

/** GET /api/v1/orders/hourly */
export const hourly = z.object({
  date: businessDate,
  zone: z.string(),
  /** 0: the day is open (rule O6). */
  revision: z.number().int(),
  closed: z.boolean(),
  /** Greatest event time of the orders stream: figures are complete up to here unless somebody is late. */
  completeTo: instant.nullable(),
  hours: z.array(hourFigures),
  snapshot: snapshotPosition,
});
export type Hourly = z.infer<typeof hourly>;

/** Totals of a day up to a minute. */
export const dayTotals = z.object(measures);
export type DayTotals = z.infer<typeof dayTotals>;

/** GET /api/v1/orders/comparison?date=&with=&minute= : what a day is compared with, as it stood at the same minute (rule O13). */
export const comparisonQuery = z.object({
  date: businessDate,
  with: comparedWith.default("yesterday"),
  /** Minute of the wall clock, 0–1440; 1440 is the whole day. Default: the running minute for today, the whole day for any other. */
  minute: z.coerce.number().int().min(0).max(1440).optional(),
});

/** An hour of the wall clock, on whatever day. */
export const comparedHour = z.object({ clock: z.string().regex(/^\d{2}$/), ...measures });
export type ComparedHour = z.infer<typeof comparedHour>;

export const comparison = z.object({
  date: businessDate,
  with: z.string(),
  minute: z.number().int(),
  /** The days that stand for it and have figures, the nearest first; an average is over these. */
  days: z.array(businessDate),
  /** Up to `minute`, by event time; null when nothing is known of it. */
  totals: dayTotals.nullable(),
  /** The hours as they stood at `minute`; null when nothing is known of them. */
  hoursThen: z.array(comparedHour).nullable(),
  /** The whole hours, for the outline behind the bars, and what they came to. */
  hours: z.array(comparedHour),
  wholeTotals: dayTotals.nullable(),
});
export type Comparison = z.infer<typeof comparison>;

/** GET /api/v1/orders/usual-gap : how long the source is silent at most at the running hour. */
export const usualGap = z.object({
  hour: bizHour,
  /** Past days with orders at this hour. */
  days: z.number().int(),
  /** Of the gaps between their orders 99 of 100 are no longer, ms; 15 minutes until there are seven such days. */
  usualMs: z.number().int(),
});
export type UsualGap = z.infer<typeof usualGap>;

/** What stands in place of an order in the other figure. */
export const shownOrder = z.object({
  orderNo: z.string(),
  userId: id,
  bizHour,
  payable: money.nullable(),
  at: instant,
});

/** One order that gross counts and last-order does not, or the reverse (rule O7). */
export const replacedOrder = shownOrder.extend({
  /** gross: its user has a later order. last: the same number stands in gross in another user's version. */
  countedIn: z.enum(["gross", "last"]),
  replacedBy: shownOrder.nullable(),
});
export type ReplacedOrder = z.infer<typeof replacedOrder>;

export const replacedQuery = listQuery.extend({ date: businessDate });
/** GET /api/v1/orders/replaced?date= : newest first. Gross minus last-order premium of the day is the two sums' difference. */
export const replaced = page(replacedOrder).extend({
  inGrossOnly: z.object({ count: z.number().int(), premium: money }),
  inLastOnly: z.object({ count: z.number().int(), premium: money }),
});
export type Replaced = z.infer<typeof replaced>;

/** A winner behind a bar; personal data masked, and null of a customer whom the reader does not see. */
export const winner = z.object({
  userId: id,
  orderNo: z.string(),
  orderType: z.string().nullable(),
  payable: money.nullable(),
  at: instant,
  customerName: z.string().nullable(),
  customerTel: z.string().nullable(),
  certificateNo: z.string().nullable(),
});
export type Winner = z.infer<typeof winner>;
/** GET /api/v1/orders/hours/{bizHour}/orders */
export const winners = page(winner);
export type Winners = z.infer<typeof winners>;

/** One change of an hour's last orders (rule O8). */
export const hourCause = z.object({
  /** joined: came to stand in the hour; amended: replaced another in the same hour; left: replaced by one of another hour. */
  kind: z.enum(CAUSE_KINDS),
  userId: id,
  orderNo: z.string(),
  payable: money.nullable(),
  /** Time of the order, by the source. */
  at: instant,
  /** What it replaced, or, when it left, what replaced it. */
  other: z.object({ orderNo: z.string(), bizHour, payable: money.nullable(), at: instant }).nullable(),
  /** Number of the event that brought it about: the evidence in the log. */
  seq: id,
});
export type HourCauseItem = z.infer<typeof hourCause>;
/** GET /api/v1/orders/hours/{bizHour}/causes : newest first, in the order in which they were accepted. */
export const hourCauses = page(hourCause);

/** A change of an hour, and what it did to the hour's premium. */
export const hourChange = hourCause.extend({
  /** Signed. */
  amount: money,
  /** When it was accepted; null: with late orders that were applied. */
  acceptedAt: instant.nullable(),
});
export type HourChange = z.infer<typeof hourChange>;

/** GET /api/v1/orders/hours/{bizHour}/changes : what has changed an hour since it was over, or since it began while it runs. */
export const hourChanges = z.object({
  bizHour,
  isOver: z.boolean(),
  /** End of the hour, or its beginning while it runs. */
  since: instant,
  /** Premium at `since`; null: there are more changes than are listed. */
  before: money.nullable(),
  now: money,
  counts: z.object({ joined: z.number().int(), amended: z.number().int(), left: z.number().int() }),
  /** Only the newest are listed. */
  isCut: z.boolean(),
  /** Newest first: `before` and all amounts make `now`. */
  items: z.array(hourChange),
});
export type HourChanges = z.infer<typeof hourChanges>;

/** One line of "What moved": newest first. */
export const move = z.object({
  /** Unique and rising. */
  key: z.string(),
  kind: z.enum(["new", "moved", "amended", "late"]),
  at: instant,
  userId: id,
  orderNo: z.string(),
  bizHour,
  payable: money.nullable(),
  /** What the winner replaced, if anything. */
  before: z.object({ orderNo: z.string(), bizHour, payable: money.nullable() }).nullable(),
});
export type Move = z.infer<typeof move>;
/** GET /api/v1/orders/moves?date= : default today. */
export const movesQuery = z.object({ date: businessDate.optional() });
export const moves = z.object({ items: z.array(move), perSecond: z.number(), snapshot: snapshotPosition });
export type Moves = z.infer<typeof moves>;
