import { businessHour } from "./exact.ts";
import { dateOf, type HourRow, hourlyTable, type OrderLine, orderDisposition } from "./orders.ts";

/** A body of orders as it was sent. */
export interface OrderBody {
  readonly lines: readonly OrderLine[];
  /** ms; where the body's clock stands at its first line. */
  readonly clock: number;
  /** A replay: its clock goes on with its lines (rule C3). */
  readonly isReplay: boolean;
  /** The server's own clock when the body was taken, ms. */
  readonly serverClock: number;
}

export type OrderFate = "applied" | "superseded" | "duplicate" | "late";

interface Revision {
  readonly table: HourRow[];
  readonly lateEvents: number;
}

interface Day {
  /** Lines that count. */
  readonly taken: OrderLine[];
  /** Lines that came too late, by their number of the stream. */
  readonly late: { readonly seq: number; readonly line: OrderLine; revision: number | null }[];
  /** Who filled it, and when by the server's clock. */
  readonly takes: { readonly isReplay: boolean; readonly serverClock: number }[];
  readonly revisions: Revision[];
}

const QUARTER_MS = 900_000;

/** Rule O6, kept as a diary: which orders each day took, which came too late, and what each revision said. */
export class OrderDays {
  /** ms after its end that a day stays open. */
  closeAfter: number;
  readonly #zone: string;
  readonly #days = new Map<string, Day>();
  readonly #ends = new Map<string, number>();
  #seq = 0;

  constructor(zone: string, closeAfter: number) {
    this.#zone = zone;
    this.closeAfter = closeAfter;
  }

  take({ lines, isReplay, serverClock, ...body }: OrderBody): OrderFate[] {
    let clock = body.clock;
    this.#close(clock, isReplay);
    return lines.map((line) => {
      if (isReplay && Number(line.gmt_modified) > clock) {
        clock = Number(line.gmt_modified);
        this.#close(clock, isReplay);
      }
      this.#seq += 1;
      const date = dateOf(line, this.#zone);
      const day = this.#day(date);
      if (day.revisions.length > 0 || clock >= this.#closesAt(date)) {
        day.late.push({ seq: this.#seq, line, revision: null });
        if (day.takes.length === 0 && day.revisions.length === 0) this.#revise(day, 0);
        return "late";
      }
      const fate = orderDisposition(line, day.taken);
      day.taken.push(line);
      day.takes.push({ isReplay, serverClock });
      return fate;
    });
  }

  /** The server's clock has reached `clock` and nobody sent anything. @returns whether a day closed */
  closeQuietly(clock: number): boolean {
    return this.#close(clock, false);
  }

  /** An administrator applies what came too late. */
  applyLate(date: string): void {
    const day = this.#day(date);
    const waiting = day.late.filter((late) => late.revision === null);
    for (const late of waiting) {
      late.revision = day.revisions.length + 1;
      day.taken.push(late.line);
    }
    this.#revise(day, waiting.length);
  }

  /** Closed days with late orders that nobody has applied, yyyyMMdd, and the revision at which each stands. */
  daysWithLate(): { date: string; revision: number }[] {
    return this.#sorted().flatMap(([date, day]) =>
      day.revisions.length > 0 && day.late.some((late) => late.revision === null)
        ? [{ date, revision: day.revisions.length }]
        : [],
    );
  }

  /** When open days close by the server's clock, ms. */
  closings(): number[] {
    return this.#sorted().flatMap(([date, day]) =>
      day.takes.length > 0 && day.revisions.length === 0 ? [this.#dueAt(date, day, false)] : [],
    );
  }

  /** Every line that counts. */
  counted(): OrderLine[] {
    return this.#sorted().flatMap(([, day]) => day.taken);
  }

  /** yyyyMMdd, revision (0: open). */
  dayStates(): [string, number][] {
    return this.#sorted().flatMap(([date, day]) =>
      day.takes.length + day.revisions.length > 0 ? [[date, day.revisions.length] as [string, number]] : [],
    );
  }

  /** yyyyMMdd, revision, late orders that it took in. */
  revisions(): [string, number, number][] {
    return this.#sorted().flatMap(([date, day]) =>
      day.revisions.map(({ lateEvents }, index): [string, number, number] => [date, index + 1, lateEvents]),
    );
  }

  /** Revision, then the columns of an hour. */
  revisionHours(): (string | number)[][] {
    return this.#sorted().flatMap(([, day]) =>
      day.revisions.flatMap(({ table }, index) => table.map((row) => [index + 1, ...row])),
    );
  }

  /** Number of the stream, yyyyMMdd, the revision that took it in. */
  late(): [number, string, number | null][] {
    return this.#sorted()
      .flatMap(([date, day]) =>
        day.late.map(({ seq, revision }): [number, string, number | null] => [seq, date, revision]),
      )
      .sort(([a], [b]) => a - b);
  }

  #sorted(): [string, Day][] {
    return [...this.#days].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  #day(date: string): Day {
    const day = this.#days.get(date) ?? { taken: [], late: [], takes: [], revisions: [] };
    this.#days.set(date, day);
    return day;
  }

  #revise(day: Day, lateEvents: number): void {
    day.revisions.push({ table: hourlyTable(day.taken, this.#zone), lateEvents });
  }

  #close(clock: number, isReplay: boolean): boolean {
    const due = [...this.#days].filter(
      ([date, day]) =>
        day.takes.length > 0 && day.revisions.length === 0 && clock >= this.#dueAt(date, day, isReplay),
    );
    for (const [, day] of due) this.#revise(day, 0);
    return due.length > 0;
  }

  /** A day closes by the clock of those who fill it; one that only replays fill waits for the server's clock from their last. */
  #dueAt(date: string, day: Day, isReplay: boolean): number {
    const ofReplays = day.takes.every((take) => take.isReplay);
    if (isReplay) return ofReplays ? this.#closesAt(date) : Number.POSITIVE_INFINITY;
    const lastTake = day.takes.at(-1)?.serverClock ?? 0;
    return ofReplays ? Math.max(this.#closesAt(date), lastTake + this.closeAfter) : this.#closesAt(date);
  }

  #closesAt(date: string): number {
    return this.#endOf(date) + this.closeAfter;
  }

  /** First quarter of an hour, from the day's noon in UTC on, that shows a later date in the zone. */
  #endOf(date: string): number {
    const known = this.#ends.get(date);
    if (known !== undefined) return known;
    const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(date) ?? [];
    let time = Date.UTC(Number(year), Number(month) - 1, Number(day), 0) - 14 * 4 * QUARTER_MS;
    while (businessHour(time, this.#zone).slice(0, 8) <= date) time += QUARTER_MS;
    this.#ends.set(date, time);
    return time;
  }
}
