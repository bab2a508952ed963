import type { StreamName } from "#server/contracts/streams.ts";
import { decimal, hundredths } from "../oracle/exact.ts";
import { OrderDays } from "../oracle/order-days.ts";
import { type PageLine, pageDisposition } from "../oracle/page-views.ts";
import {
  type CaseRow,
  type PremiumAct,
  type PremiumTables,
  premiumJournal,
} from "../oracle/premium-changes.ts";

export type Line = Readonly<Record<string, unknown>>;

/** One request's lines. */
export interface Body {
  readonly stream: StreamName;
  readonly lines: readonly Line[];
  /** A replay takes its clock from the lines (rule C3). */
  readonly isReplay: boolean;
}

/** Dispositions that are not zero. */
export type Counts = Record<string, number>;

export const SKEW_MS = 300_000;
const HOUR_MS = 3_600_000;
const CLOSE_GRACE_MS = 60_000;
const TIME_FIELD = {
  orders: "gmt_modified",
  premium_changes: "gmt_modified",
  page_views: "log_time",
} as const;

/**
 * What the system should know, the naive way: everything that ever happened is kept, and each table is recomputed from
 * all of it. Knows the rules alone, nothing of the product.
 */
export class Journal {
  readonly zone: string;
  readonly orders: OrderDays;
  readonly pages: PageLine[] = [];
  readonly acts: PremiumAct[] = [];
  /** Everything that was ever sent, to be sent again. */
  readonly sent: Record<StreamName, Line[]> = { orders: [], premium_changes: [], page_views: [] };
  readonly counts: Record<StreamName, Counts> = { orders: {}, premium_changes: {}, page_views: {} };
  /** The server's clock, ms. */
  clock: number;

  constructor(zone: string, clock: number, closeAfterHours: number) {
    this.zone = zone;
    this.clock = clock;
    this.orders = new OrderDays(zone, closeAfterHours * HOUR_MS);
  }

  /** A body is taken. @returns what becomes of its lines */
  take(body: Body): Counts {
    const taken = body.lines.filter(
      (line) => body.isReplay || timeOf(body.stream, line) <= this.clock + SKEW_MS,
    );
    this.sent[body.stream].push(...body.lines);
    const fates = [
      ...this.#fatesOf(body, taken),
      ...Array.from({ length: body.lines.length - taken.length }, () => "rejected"),
    ];
    const counts: Counts = {};
    for (const fate of fates) {
      counts[fate] = (counts[fate] ?? 0) + 1;
      this.counts[body.stream][fate] = (this.counts[body.stream][fate] ?? 0) + 1;
    }
    return counts;
  }

  /** Closes the days that the server's clock has passed with nobody sending. @returns whether there were any */
  closeQuietly(): boolean {
    return this.orders.closeQuietly(this.clock - CLOSE_GRACE_MS);
  }

  setCloseAfter(hours: number): void {
    this.orders.closeAfter = hours * HOUR_MS;
  }

  premium(): PremiumTables {
    return premiumJournal(this.acts);
  }

  openCases(): CaseRow[] {
    return this.premium().cases.filter(([, , isOpen]) => isOpen);
  }

  /** A line of an imported list: whatever it changes takes its place at the time given, or now. */
  importLine(line: Line, asOf: number | null): void {
    const id = String(line.id);
    const current = this.premium().users.get(id);
    if (!current?.isListed) return void this.acts.push({ act: "list", line, asOf });
    const isSameAmount = decimal(hundredths(line.raw_premium) ?? 0n) === current.amount;
    const info = line.raw_info === null ? null : String(line.raw_info);
    const isSame = isSameAmount && info === current.info;
    if (isSame && (asOf === null || asOf === current.asOf)) return;
    if (isSameAmount && asOf === null) this.acts.push({ act: "text", id, info });
    else this.acts.push({ act: "baseline", line, at: asOf ?? this.clock });
  }

  #fatesOf({ stream, isReplay }: Body, lines: readonly Line[]): string[] {
    switch (stream) {
      case "orders":
        return this.orders.take({
          lines,
          isReplay,
          clock: isReplay ? 0 : this.clock,
          serverClock: this.clock,
        });
      case "premium_changes":
        return lines.map((line) => this.#premiumFate(line, isReplay));
      case "page_views":
        return lines.map((line) => {
          const fate = pageDisposition(line, this.pages);
          this.pages.push(line);
          return fate;
        });
    }
  }

  #premiumFate(line: Line, isReplay: boolean): string {
    const before = this.premium().dispositions;
    this.acts.push({ act: "event", line, isReplay });
    const after = this.premium().dispositions;
    const fate = Object.entries(after).find(([name, count]) => count > before[name as keyof typeof before]);
    return fate?.[0] ?? "nothing";
  }
}

/** Event time of a line, ms (rule C2). */
function timeOf(stream: StreamName, line: Line): number {
  const time = Number(line[TIME_FIELD[stream]]);
  return stream === "page_views" && time < 1e11 ? time * 1000 : time;
}
