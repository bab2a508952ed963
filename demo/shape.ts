import { hash, hashFraction, type Random } from "./random.ts";

/** Share of a day's business by hour: a peak before noon and one in the evening. */
const HOUR_WEIGHTS = [
  22, 13, 8, 6, 7, 12, 31, 68, 122, 152, 163, 134, 115, 121, 134, 147, 134, 104, 119, 136, 166, 149, 89, 50,
];
/** Monday to Sunday. */
const WEEKDAY_FACTORS = [1.06, 1.04, 1.0, 0.98, 1.02, 0.93, 0.9];
const CAMPAIGN_PROBABILITY = 0.3;

/** A push to all customers that brings orders within minutes. */
export interface Campaign {
  /** Start as a fraction of the day. */
  readonly start: number;
  /** Length as a fraction of the day. */
  readonly length: number;
  /** Additional orders as a share of the day's. */
  readonly uplift: number;
}

/** How much business a date sees, relative to an average day. */
export function dayFactor(seed: number, date: string): number {
  const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
  return (WEEKDAY_FACTORS[weekday] ?? 1) * (0.95 + 0.1 * hashFraction(seed, "day", date));
}

/** The campaign of a date, if it has one. */
export function campaignOf(seed: number, date: string): Campaign | null {
  if (hashFraction(seed, "campaign", date) >= CAMPAIGN_PROBABILITY) return null;
  const hour = [11.5, 15, 20][hash(seed, "campaign-hour", date) % 3] ?? 11.5;
  return { start: hour / 24, length: 0.6 / 24, uplift: 0.02 + 0.03 * hashFraction(seed, "uplift", date) };
}

/** Moment of the day as a fraction in [0, 1), drawn from the curve and the campaign. */
export function momentOfDay(random: Random, campaign: Campaign | null): number {
  if (campaign && random.chance(campaign.uplift / (1 + campaign.uplift))) {
    // The first minutes after a push are the strongest.
    return campaign.start + campaign.length * random.fraction() ** 2;
  }
  return (random.weighted(HOUR_WEIGHTS) + random.fraction()) / 24;
}
