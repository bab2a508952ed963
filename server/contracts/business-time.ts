/** Business dates and hours: event time read in the installation's zone (rule C1). */

/**
 * All zones' offsets since 2000 are multiples of a quarter of an hour, and they change at its beginning, so a quarter lies
 * in one business hour. Until 2022 a few (St. John's, Goose Bay, Moncton, Gaza, Hebron, Casey) changed a minute
 * later: there the rest of that quarter counts to the hour in which it began.
 */
export const QUARTER_MS = 900_000;
const MINUTE_MS = 60_000;
const MAX_CACHED_QUARTERS = 50_000;

export class BusinessTime {
  readonly zone: string;
  readonly #format: Intl.DateTimeFormat;
  readonly #clock: Intl.DateTimeFormat;
  readonly #hours = new Map<number, string>();

  constructor(zone: string) {
    this.zone = zone;
    this.#format = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
    });
    this.#clock = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      hourCycle: "h23",
      hour: "2-digit",
      minute: "2-digit",
    });
  }

  /** Business hour yyyyMMddHH of an event time in ms. In the hour that a clock change repeats, both passes are one hour. */
  hourOf(time: number): string {
    const quarter = Math.floor(time / QUARTER_MS);
    const known = this.#hours.get(quarter);
    if (known !== undefined) return known;
    const hour = this.#format
      .formatToParts(quarter * QUARTER_MS)
      .filter((part) => part.type !== "literal")
      .map((part) => part.value)
      .join("");
    if (this.#hours.size >= MAX_CACHED_QUARTERS) this.#hours.clear();
    this.#hours.set(quarter, hour);
    return hour;
  }

  /** Business date yyyy-mm-dd of an event time in ms. */
  dateOf(time: number): string {
    return dateOfHour(this.hourOf(time));
  }

  /** Minute of the day that a clock on the wall shows, 0–1439: in an hour that comes twice, twice the same (rule O13). */
  minuteOf(time: number): number {
    const quarter = Math.floor(time / QUARTER_MS) * QUARTER_MS;
    const [hour = 0, minute = 0] = this.#clock.format(quarter).split(":").map(Number);
    return hour * 60 + minute + Math.floor((time - quarter) / MINUTE_MS);
  }

  /** First millisecond of a business date; exact across clock changes. */
  startOf(date: string): number {
    const midnight = Date.parse(`${date}T00:00:00Z`);
    // The start lies within 26 hours of UTC midnight; binary search on quarters for the first one of that date.
    let low = Math.floor((midnight - 26 * 3_600_000) / QUARTER_MS);
    let high = Math.floor((midnight + 26 * 3_600_000) / QUARTER_MS);
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.dateOf(middle * QUARTER_MS) < date) low = middle + 1;
      else high = middle;
    }
    return low * QUARTER_MS;
  }

  /** End of a business date: the start of the next one. */
  endOf(date: string): number {
    return this.startOf(addDays(date, 1));
  }
}

/** yyyyMMddHH → yyyy-mm-dd */
export function dateOfHour(hour: string): string {
  return `${hour.slice(0, 4)}-${hour.slice(4, 6)}-${hour.slice(6, 8)}`;
}

/** Calendar arithmetic on yyyy-mm-dd. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
