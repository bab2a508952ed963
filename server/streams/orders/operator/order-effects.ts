import { OrderBuffer } from "./order-buffer.ts";
import { OrderMoves } from "./order-moves.ts";
import { WinnerChanges } from "./winner-changes.ts";

/** What the orders of a group change; filled by the operator, written when the group commits. */
export class OrderEffects {
  /** Numbers of the changed hours by business date. */
  readonly hours = new Map<string, Set<number>>();
  /** Winners that joined or left each business hour, in order (rule O8). */
  readonly causes = new WinnerChanges();
  readonly rows = new OrderBuffer();
  /** Business dates whose state has changed. */
  readonly touchedDays = new Set<string>();
  /** Days that closed, and the clock that closed them, ms (rule O6). */
  readonly closedDays = new Map<string, number>();
  /** Numbers of the orders that came after their day had closed, by date. */
  readonly late = new Map<string, bigint[]>();
  readonly moves = new OrderMoves();

  touchHour(date: string, hour: number): void {
    const hours = this.hours.get(date);
    if (hours) hours.add(hour);
    else this.hours.set(date, new Set([hour]));
  }

  closeDay(date: string, clock: number): void {
    this.touchedDays.add(date);
    this.closedDays.set(date, clock);
  }

  addLate(date: string, seq: bigint): void {
    const seqs = this.late.get(date);
    if (seqs) seqs.push(seq);
    else this.late.set(date, [seq]);
  }
}
