import type { OrderEvent } from "#server/contracts/events.ts";
import type { AcceptedRun, PayloadCodec } from "../log/payload.ts";
import { bytesOfColumns, columnsFromBytes } from "./order-columns-bytes.ts";

/** First byte of a payload of columns: neither zstd nor JSON begins so. */
const COLUMNS = 2;
/** Bytes before the columns of a run: accepted at (8), event clock (1). */
const RUN_HEADER = 9;

/** Orders in the log: of each run its time and its clock, then its columns as they lie in memory. */
export const ORDER_CODEC: PayloadCodec<"orders"> = { encode, decode };

function encode(runs: readonly AcceptedRun<"orders">[]): Buffer {
  const parts: Uint8Array[] = [Buffer.of(COLUMNS)];
  for (const { acceptedAt, eventClock, events } of runs) {
    const header = Buffer.alloc(RUN_HEADER);
    header.writeDoubleLE(acceptedAt, 0);
    header.writeUInt8(eventClock ? 1 : 0, 8);
    parts.push(header, ...bytesOfColumns(events));
  }
  return Buffer.concat(parts);
}

function decode(plain: Buffer): AcceptedRun<"orders">[] {
  const kind = plain[0];
  if (kind !== COLUMNS) throw new Error(`orders of the kind ${kind} are not known to this version`);
  const runs: AcceptedRun<"orders">[] = [];
  for (let at = 1; at < plain.length; ) {
    const acceptedAt = plain.readDoubleLE(at);
    const eventClock = plain.readUInt8(at + 8) === 1;
    const { columns, end } = columnsFromBytes(plain, at + RUN_HEADER);
    runs.push({ acceptedAt, eventClock, events: columns });
    at = end;
  }
  return runs;
}

/** One order of a log row, by its place among all of the row's; only this one becomes an object. */
export function orderAt(runs: readonly AcceptedRun<"orders">[], index: number): OrderEvent {
  let left = index;
  for (const { events } of runs) {
    if (left < events.length) return events.at(left);
    left -= events.length;
  }
  throw new Error(`a log row has no order ${index}`);
}
