import { ROW_SIGHT } from "./csv-row.ts";
import type { CutOrNot, Cutter } from "./cutter.ts";
import { behindLineEnd, CR, LineEnds } from "./line-end.ts";
import { trim } from "./records.ts";

/** Cuts NDJSON between its lines. */
export class NdjsonCutter implements Cutter {
  readonly head = Buffer.alloc(0);
  readonly headLines = 0;
  #window: Buffer = this.head;
  #ends = new LineEnds(this.#window);

  cut(window: Buffer, at: number, isLast: boolean): CutOrNot {
    if (window !== this.#window) [this.#window, this.#ends] = [window, new LineEnds(window)];
    const end = this.#ends.next(at);
    if (!isLast && end === window.length) return end - at > ROW_SIGHT ? "endless" : "more";
    if (!isLast && end === window.length - 1 && window[end] === CR) return "more"; // a line feed may follow
    const { start, end: behind } = trim(window, at, end);
    return { next: Math.min(behindLineEnd(window, end), window.length), lines: 1, isRecord: start < behind };
  }
}
