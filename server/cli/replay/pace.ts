import { setTimeout as pause } from "node:timers/promises";
import type { StreamName } from "#server/contracts/streams.ts";
import type { Piece } from "#server/reader/cutter.ts";
import { optionalTime, type RawRecord } from "#server/reader/fields.ts";
import { readRecords } from "#server/reader/read-records.ts";
import { streamOf } from "#server/streams/streams.ts";

/** Holds pieces back so that event time passes `speed` times as fast as the clock. */
export class Pace {
  readonly #field: string;
  readonly #speed: number;
  #start: { readonly clock: number; readonly event: number } | null = null;

  constructor(stream: StreamName, speed: number) {
    this.#field = streamOf(stream).timeField;
    this.#speed = speed;
  }

  async wait(piece: Piece): Promise<void> {
    const event = this.#timeOf(piece);
    if (event === null) return;
    this.#start ??= { clock: Date.now(), event };
    const due = this.#start.clock + (event - this.#start.event) / this.#speed;
    if (due > Date.now()) await pause(due - Date.now());
  }

  /** Of the first record; a malformed one has no time: the piece goes at once and the server says what is wrong with it. */
  #timeOf(piece: Piece): number | null {
    const [first] = readRecords(piece.bytes, piece.format);
    return first && "record" in first ? this.#timeIn(first.record) : null;
  }

  #timeIn(record: RawRecord): number | null {
    try {
      const time = optionalTime(record, this.#field);
      return time !== null && time < 100_000_000_000 ? time * 1000 : time;
    } catch {
      return null;
    }
  }
}
