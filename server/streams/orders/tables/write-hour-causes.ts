import { zstdDecompressSync } from "node:zlib";
import { dateOfHour } from "#server/contracts/business-time.ts";
import { CAUSE_KINDS } from "#server/contracts/cause-kinds.ts";
import type { OrderEvent } from "#server/contracts/events.ts";
import type { Queryable } from "#server/db/queryable.ts";
import { assert } from "#server/lib/assert.ts";
import { Gone } from "#server/lib/errors.ts";
import type { FieldCipher } from "#server/lib/field-cipher.ts";
import { isWorthPacking, pack } from "#server/streams/log/packing.ts";
import { decodePayload } from "#server/streams/log/payload.ts";
import type { CausingOrder, HourCause } from "../operator/hour-causes.ts";
import type { HourChanges } from "../operator/winner-changes.ts";
import { ORDER_CODEC, orderAt } from "../order-codec.ts";
import { bytesOfChanges, changesFromBytes } from "./hour-cause-columns.ts";

/** What one commit did to an hour. */
export interface CommitCauses {
  readonly position: number;
  /** In the order in which they came. */
  readonly causes: readonly HourCause[];
}

type Cell = string | number | null;

/**
 * A commit that did this much to an hour leaves the winners themselves in its log row and keeps their numbers: one such
 * row fills a page. Of smaller ones a page needs many, so each tells all by itself.
 */
const REFER_FROM = 64;
/** First byte of a payload: bits. */
const PACKED = 1;
/** What refers are columns, what tells all by itself are cells. */
const REFERRING = 2;

/**
 * Keeps what a commit did to the hours, one row an hour (rule O8).
 * @param inLog the commit's own log row holds the orders
 */
export async function writeHourCauses(
  db: Queryable,
  position: number,
  causes: ReadonlyMap<string, HourChanges>,
  inLog: boolean,
): Promise<void> {
  if (causes.size === 0) return;
  const hours = [...causes.keys()];
  const payloads = [...causes.values()].map((changes) =>
    inLog && changes.length >= REFER_FROM ? encodeReferring(changes) : encodeWhole(changes),
  );
  await db.query(
    `INSERT INTO hour_cause (position, biz_date, biz_hour, payload)
     SELECT $1, * FROM unnest($2::date[], $3::text[], $4::bytea[])`,
    [position, hours.map(dateOfHour), hours, payloads],
  );
}

/** Commits read at a time: a large one fills the page, of small ones it takes some. */
const COMMITS = [1, 8, 64];

/**
 * What the commits before `position` did to an hour, the newest commit first.
 * @throws {Gone} the log row that holds it has been deleted
 */
export async function* readHourCauses(
  db: Queryable,
  cipher: FieldCipher,
  bizHour: string,
  position: number,
): AsyncGenerator<CommitCauses> {
  let before = position;
  for (let turn = 0; ; turn += 1) {
    const commits = COMMITS[turn] ?? 64;
    const { rows } = await db.query<{ position: string; payload: Buffer }>(
      `SELECT position, payload FROM hour_cause WHERE biz_date = $1 AND biz_hour = $2 AND position < $3
       ORDER BY position DESC LIMIT $4`,
      [dateOfHour(bizHour), bizHour, before, commits],
    );
    for (const row of rows) {
      before = Number(row.position);
      const isReferring = ((row.payload[0] ?? 0) & REFERRING) !== 0;
      const orderOf = isReferring ? await readOrdersOf(db, cipher, before) : null;
      yield { position: before, causes: decode(row.payload, orderOf) };
    }
    if (rows.length < commits) return;
  }
}

function encodeReferring(changes: HourChanges): Buffer {
  return Buffer.concat([Buffer.of(PACKED | REFERRING), pack(bytesOfChanges(changes))]);
}

/** JSON of cells one after the other, behind the number from which theirs count. */
function encodeWhole(changes: HourChanges): Buffer {
  const first = changes.seqAt(0);
  const cells: Cell[] = [String(first)];
  for (let index = 0; index < changes.length; index++) {
    const { seq, userId, winner, before } = changes.at(index);
    // The kind and whether something was replaced in one cell.
    cells.push(changes.kindAt(index) * 2 + (before ? 1 : 0), seq - first, userId, ...cellsOf(winner));
    if (before) cells.push(...cellsOf(before));
  }
  const plain = Buffer.from(JSON.stringify(cells));
  if (!isWorthPacking(plain)) return Buffer.concat([Buffer.of(0), plain]);
  return Buffer.concat([Buffer.of(PACKED), pack(plain)]);
}

const cellsOf = ({ orderNo, at, payable }: CausingOrder): Cell[] => [orderNo, at, fenCell(payable)];

/** Finds an order of a commit by its number. */
type OrderOf = (seq: bigint) => OrderEvent;

async function readOrdersOf(db: Queryable, cipher: FieldCipher, position: number): Promise<OrderOf> {
  const { rows } = await db.query<{ first_seq: string; payload: Buffer }>(
    "SELECT first_seq, payload FROM event_log WHERE position = $1 AND stream = 'orders'",
    [position],
  );
  const row = rows[0];
  if (!row) throw new Gone("What moved this hour is older than the log that is kept (KEEP_LOG).");
  const runs = decodePayload(ORDER_CODEC, row.payload, cipher);
  return (seq) => orderAt(runs, Number(seq - BigInt(row.first_seq)));
}

function decode(payload: Buffer, orderOf: OrderOf | null): HourCause[] {
  const bits = payload[0] ?? 0;
  if (bits > (PACKED | REFERRING))
    throw new Error(`causes of the kind ${bits} are not known to this version`);
  const body = payload.subarray(1);
  const plain = (bits & PACKED) === 0 ? body : zstdDecompressSync(body);
  return orderOf ? decodeColumns(plain, orderOf) : decodeCells(plain);
}

function decodeColumns(plain: Buffer, orderOf: OrderOf): HourCause[] {
  return changesFromBytes(plain).map(({ kind, seq, before }) => {
    const winner = orderOf(seq);
    return causeOf(kind, seq, winner.userId, sideOf(winner), before);
  });
}

function decodeCells(plain: Buffer): HourCause[] {
  const cells = (JSON.parse(plain.toString("utf8")) as Cell[]).values();
  const next = (): Cell => cells.next().value ?? null;
  const first = BigInt(next() ?? 0);
  const causes: HourCause[] = [];
  for (let code = next(); code !== null; code = next()) {
    const seq = first + BigInt(next() ?? 0);
    const userId = String(next());
    const order = nextSide(next);
    const replaced = Number(code) % 2 === 1 ? nextSide(next) : null;
    causes.push(causeOf(Number(code) >> 1, seq, userId, order, replaced));
  }
  return causes;
}

function causeOf(
  kindNumber: number,
  seq: bigint,
  userId: string,
  winner: CausingOrder,
  replaced: CausingOrder | null,
): HourCause {
  const kind = CAUSE_KINDS[kindNumber];
  assert(kind !== undefined, "a cause has one of the kinds");
  const isLeft = kind === "left" && replaced !== null;
  return { kind, userId, seq, order: isLeft ? replaced : winner, other: isLeft ? winner : replaced };
}

const sideOf = ({ orderNo, gmtModified, payable }: OrderEvent): CausingOrder => ({
  orderNo,
  at: gmtModified,
  payable,
});

const nextSide = (next: () => Cell): CausingOrder => {
  const [orderNo, at, payable] = [String(next()), Number(next()), next()];
  return { orderNo, at, payable: payable === null ? null : BigInt(payable) };
};

/** As a number while that is exact. */
function fenCell(fen: bigint | null): Cell {
  if (fen === null) return null;
  const number = Number(fen);
  return Number.isSafeInteger(number) ? number : String(fen);
}
