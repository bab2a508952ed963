/** What a clock on the wall shows. */
export interface WallTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

/** Reads wall-clock times of one zone. */
export class WallClock {
  readonly zone: string;
  readonly #format: Intl.DateTimeFormat;

  constructor(zone: string) {
    this.zone = zone;
    this.#format = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
  }

  /**
   * The instant (ms) at which the zone's clocks show this time, the first one where they show it twice.
   * @returns null when there is no such date, or the clocks skip that time
   */
  instantOf(wall: WallTime): number | null {
    const { year, month, day, hour, minute, second, millisecond } = wall;
    const utc = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
    const exists = new Date(utc).getUTCDate() === day && new Date(utc).getUTCMonth() === month - 1;
    if (!exists || hour > 23 || minute > 59 || second > 59) return null;
    const day1 = 86_400_000;
    // Before and after a change of the clocks nearby, if there is one, these are the two offsets.
    const candidates = [this.#offset(utc - day1), this.#offset(utc + day1)].map((offset) => utc - offset);
    return candidates.find((instant) => instant + this.#offset(instant) === utc) ?? null;
  }

  /** ms that the zone is ahead of UTC at an instant. */
  #offset(instant: number): number {
    const parts = this.#format.formatToParts(instant);
    const read = (type: Intl.DateTimeFormatPartTypes): number =>
      Number(parts.find((part) => part.type === type)?.value);
    const shown = Date.UTC(
      read("year"),
      read("month") - 1,
      read("day"),
      read("hour"),
      read("minute"),
      read("second"),
    );
    return shown - Math.floor(instant / 1000) * 1000;
  }
}
