import { zstdDecompressSync } from "node:zlib";
import type {
  BatchEvents,
  OrderEvent,
  PageViewEvent,
  PremiumChangeEvent,
  StreamEvents,
} from "../contracts/events.ts";
import { formatFen, parseFen } from "../contracts/money.ts";
import { columnsOf } from "../contracts/order-columns-builder.ts";
import type { StreamName } from "../contracts/streams.ts";
import type { Vault } from "../lib/vault.ts";
import { bytesOfColumns, columnsFromBytes } from "./order-columns-bytes.ts";
import { isWorthPacking, pack } from "./packing.ts";

const PURPOSE = "event_log";
/** With which zstd's frames begin; neither columns nor JSON do. */
const ZSTD = 0x28;

/** Events that were accepted at one time: a log row holds one or more requests. */
export interface AcceptedRun<S extends StreamName = StreamName> {
  readonly acceptedAt: number;
  readonly eventClock: boolean;
  readonly events: BatchEvents[S];
}

type Cell = string | number | null;
type Row = readonly Cell[];

/** First byte of a payload of columns; JSON begins with a bracket. */
const COLUMNS = 2;
/** Bytes before the columns of a run: accepted at (8), event clock (1). */
const RUN_HEADER = 9;

/**
 * Payload of a log row, compressed with zstd unless it is short, then sealed. Of orders: a byte that says so, then the columns of each run as
 * they lie in memory. Of the others: JSON of runs, each event a row of cells in a fixed order, money as decimal text;
 * field names would be two thirds of it.
 */
export function encodePayload<S extends StreamName>(
  stream: S,
  runs: readonly AcceptedRun<S>[],
  vault: Vault,
): Buffer {
  const plain =
    stream === "orders"
      ? encodeColumns(runs as readonly AcceptedRun<"orders">[])
      : Buffer.from(encodeRows(ENCODERS[stream as keyof typeof ENCODERS], runs));
  return vault.seal(isWorthPacking(plain) ? pack(plain) : plain, PURPOSE);
}

/** Whether it was sealed under this vault's key. */
export function opensPayload(payload: Uint8Array, vault: Vault): boolean {
  try {
    vault.open(payload, PURPOSE);
    return true;
  } catch {
    return false;
  }
}

export function decodePayload<S extends StreamName>(
  stream: S,
  payload: Uint8Array,
  vault: Vault,
): AcceptedRun<S>[] {
  const packed = vault.open(payload, PURPOSE);
  const plain = packed[0] === ZSTD ? zstdDecompressSync(packed) : packed;
  if (plain[0] === COLUMNS) return decodeColumns(plain) as AcceptedRun<StreamName>[] as AcceptedRun<S>[];
  const decode = DECODERS[stream];
  const runs = JSON.parse(plain.toString("utf8")) as [number, 0 | 1, Row[]][];
  return runs.map(([acceptedAt, eventClock, rows]) => {
    const events = rows.map(decode);
    // Before orders were columns, their log was rows as well.
    const batch = stream === "orders" ? columnsOf(events as OrderEvent[]) : events;
    return { acceptedAt, eventClock: eventClock === 1, events: batch as BatchEvents[S] };
  });
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

function encodeColumns(runs: readonly AcceptedRun<"orders">[]): Buffer {
  const parts: Uint8Array[] = [Buffer.of(COLUMNS)];
  for (const { acceptedAt, eventClock, events } of runs) {
    const header = Buffer.alloc(RUN_HEADER);
    header.writeDoubleLE(acceptedAt, 0);
    header.writeUInt8(eventClock ? 1 : 0, 8);
    parts.push(header, ...bytesOfColumns(events));
  }
  return Buffer.concat(parts);
}

function decodeColumns(plain: Buffer): AcceptedRun<"orders">[] {
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

function encodeRows(encode: (event: never) => Row, runs: readonly AcceptedRun[]): string {
  return JSON.stringify(
    runs.map(({ acceptedAt, eventClock, events }) => [
      acceptedAt,
      eventClock ? 1 : 0,
      Array.from(events as Iterable<never>, encode),
    ]),
  );
}

const text = (cell: Cell | undefined): string | null =>
  cell === null || cell === undefined ? null : String(cell);
const number = (cell: Cell | undefined): number | null => (typeof cell === "number" ? cell : null);
const fen = (cell: Cell | undefined): bigint | null => (typeof cell === "string" ? parseFen(cell) : null);

function decodeOrder(row: Row): OrderEvent {
  return {
    userId: String(row[0]),
    orderNo: String(row[1]),
    gmtModified: Number(row[2]),
    payable: fen(row[3]),
    customerTel: text(row[4]),
    orderType: text(row[5]),
    payTime: number(row[6]),
    orderPrice: fen(row[7]),
    customerName: text(row[8]),
    certificateNo: text(row[9]),
    gmtCreated: number(row[10]),
  };
}

function encodePremiumChange(e: PremiumChangeEvent): Row {
  return [
    e.userId,
    formatFen(e.nowPremium),
    e.gmtModified,
    e.openId,
    e.nowInfo,
    e.channel,
    e.event,
    e.creator,
    e.modifier,
  ];
}

function decodePremiumChange(row: Row): PremiumChangeEvent {
  return {
    userId: String(row[0]),
    nowPremium: fen(row[1]) ?? 0n,
    gmtModified: Number(row[2]),
    openId: text(row[3]),
    nowInfo: text(row[4]),
    channel: text(row[5]),
    event: text(row[6]),
    creator: text(row[7]),
    modifier: text(row[8]),
  };
}

const encodePageView = (e: PageViewEvent): Row => [
  e.logTime,
  e.deviceId,
  e.accountId,
  e.pageType,
  e.pageName,
];

function decodePageView(row: Row): PageViewEvent {
  return {
    logTime: Number(row[0]),
    deviceId: text(row[1]) ?? "",
    accountId: text(row[2]),
    pageType: text(row[3]),
    pageName: text(row[4]),
  };
}

const ENCODERS: { [S in "premium_changes" | "page_views"]: (event: StreamEvents[S]) => Row } = {
  premium_changes: encodePremiumChange,
  page_views: encodePageView,
};

const DECODERS: { [S in StreamName]: (row: Row) => StreamEvents[S] } = {
  orders: decodeOrder,
  premium_changes: decodePremiumChange,
  page_views: decodePageView,
};
