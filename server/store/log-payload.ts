import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { OrderEvent, PageViewEvent, PremiumChangeEvent, StreamEvents } from "../contracts/events.ts";
import { formatFen, parseFen } from "../contracts/money.ts";
import type { StreamName } from "../contracts/streams.ts";
import type { Vault } from "../lib/vault.ts";

const PURPOSE = "event_log";

/** Events that were accepted at one time: a log row holds one or more requests. */
export interface AcceptedRun<S extends StreamName = StreamName> {
  readonly acceptedAt: number;
  readonly eventClock: boolean;
  readonly events: readonly StreamEvents[S][];
}

type Cell = string | number | null;
type Row = readonly Cell[];

/**
 * Payload of a log row: JSON of runs, each event a row of cells in a fixed order, money as decimal text; compressed
 * with zstd, then sealed. Field names would be two thirds of it.
 */
export function encodePayload<S extends StreamName>(
  stream: S,
  runs: readonly AcceptedRun<S>[],
  vault: Vault,
): Buffer {
  const { encode } = CODECS[stream];
  const plain = JSON.stringify(
    runs.map((run) => [run.acceptedAt, run.eventClock ? 1 : 0, run.events.map(encode)]),
  );
  return vault.seal(zstdCompressSync(plain), PURPOSE);
}

export function decodePayload<S extends StreamName>(
  stream: S,
  payload: Uint8Array,
  vault: Vault,
): AcceptedRun<S>[] {
  const { decode } = CODECS[stream];
  const plain = zstdDecompressSync(vault.open(payload, PURPOSE)).toString("utf8");
  const runs = JSON.parse(plain) as [number, 0 | 1, Row[]][];
  return runs.map(([acceptedAt, eventClock, rows]) => ({
    acceptedAt,
    eventClock: eventClock === 1,
    events: rows.map(decode),
  }));
}

interface Codec<E> {
  encode: (event: E) => Row;
  decode: (row: Row) => E;
}

const text = (cell: Cell | undefined): string | null =>
  cell === null || cell === undefined ? null : String(cell);
const number = (cell: Cell | undefined): number | null => (typeof cell === "number" ? cell : null);
const fenCell = (fen: bigint | null): Cell => (fen === null ? null : formatFen(fen));
const fen = (cell: Cell | undefined): bigint | null => (typeof cell === "string" ? parseFen(cell) : null);

function encodeOrder(e: OrderEvent): Row {
  return [
    e.userId,
    e.orderNo,
    e.gmtModified,
    fenCell(e.payable),
    e.customerTel,
    e.orderType,
    e.payTime,
    fenCell(e.orderPrice),
    e.customerName,
    e.certificateNo,
    e.gmtCreated,
  ];
}

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

const CODECS: { [S in StreamName]: Codec<StreamEvents[S]> } = {
  orders: { encode: encodeOrder, decode: decodeOrder },
  premium_changes: { encode: encodePremiumChange, decode: decodePremiumChange },
  page_views: { encode: encodePageView, decode: decodePageView },
};
