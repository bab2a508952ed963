import type { BatchEvents } from "#server/contracts/batch-events.ts";
import type { StreamEvents } from "#server/contracts/events.ts";
import { parseFen } from "#server/contracts/money.ts";
import type { StreamName } from "#server/contracts/streams.ts";
import type { PayloadCodec } from "./payload.ts";

export type Cell = string | number | null;
export type Row = readonly Cell[];

/** Streams whose events travel as objects. */
type ObjectStream = Exclude<StreamName, "orders">;

/**
 * Events as JSON: of each run its time, its clock and its events, each a row of cells in a fixed order, money as decimal
 * text. Field names would be two thirds of it.
 */
export function rowCodec<S extends ObjectStream>(
  encode: (event: StreamEvents[S]) => Row,
  decode: (row: Row) => StreamEvents[S],
): PayloadCodec<S> {
  return {
    encode: (runs) =>
      Buffer.from(
        JSON.stringify(
          runs.map(({ acceptedAt, eventClock, events }) => [
            acceptedAt,
            eventClock ? 1 : 0,
            Array.from(events as Iterable<StreamEvents[S]>, encode),
          ]),
        ),
      ),
    decode: (plain) => {
      const runs = JSON.parse(plain.toString("utf8")) as [number, 0 | 1, Row[]][];
      return runs.map(([acceptedAt, eventClock, rows]) => ({
        acceptedAt,
        eventClock: eventClock === 1,
        events: rows.map(decode) as unknown as BatchEvents[S],
      }));
    },
  };
}

export const textCell = (cell: Cell | undefined): string | null =>
  cell === null || cell === undefined ? null : String(cell);

export const fenOfCell = (cell: Cell | undefined): bigint | null =>
  typeof cell === "string" ? parseFen(cell) : null;
