import { setImmediate as yieldToEvents } from "node:timers/promises";
import type { OrderEvent } from "#server/contracts/events.ts";
import type { Queryable } from "#server/db/queryable.ts";
import type { FieldCipher } from "#server/lib/field-cipher.ts";
import { decodePayload } from "#server/streams/log/payload.ts";
import { ORDER_CODEC, orderAt } from "../order-codec.ts";

/** Notes which orders of a commit came after their day had closed, by date; the log holds them. */
export async function writeLateOrders(
  db: Queryable,
  position: number,
  late: ReadonlyMap<string, readonly bigint[]>,
): Promise<void> {
  for (const [date, seqs] of late) {
    await db.query("INSERT INTO late_order (position, biz_date, seqs) VALUES ($1, $2, $3)", [
      position,
      date,
      seqs,
    ]);
  }
}

/** Numbers of all late orders in the log after `position`. */
export async function readLateAfter(db: Queryable, position: number): Promise<Set<bigint>> {
  const { rows } = await db.query<{ seq: string }>(
    "SELECT unnest(seqs) AS seq FROM late_order WHERE position > $1",
    [position],
  );
  return new Set(rows.map((row) => BigInt(row.seq)));
}

/** Numbers of the late orders of a business date that no revision has taken in. */
export async function readLateOf(db: Queryable, date: string): Promise<Set<bigint>> {
  const { rows } = await db.query<{ seq: string }>(
    "SELECT unnest(seqs) AS seq FROM late_order WHERE biz_date = $1 AND revision IS NULL",
    [date],
  );
  return new Set(rows.map((row) => BigInt(row.seq)));
}

/** Late orders that stand aside, and the commits that brought them. */
export interface LateOrders {
  readonly positions: readonly string[];
  readonly orders: readonly { readonly event: OrderEvent; readonly seq: bigint }[];
}

interface LateRow {
  readonly position: string;
  readonly seqs: readonly string[];
  readonly first_seq: string;
  readonly payload: Buffer;
}

/** Commits read at a time: each brings all that it logged, however few of it came late. */
const PAGE = 20;

/** The late orders of a business date that no revision has taken in, from the log. */
export async function readLateOrders(db: Queryable, cipher: FieldCipher, date: string): Promise<LateOrders> {
  const positions: string[] = [];
  const orders: LateOrders["orders"][number][] = [];
  for (;;) {
    const { rows } = await db.query<LateRow>(
      `SELECT l.position, l.seqs, e.first_seq, e.payload
       FROM late_order l JOIN event_log e ON e.position = l.position AND e.stream = 'orders'
       WHERE l.biz_date = $1 AND l.revision IS NULL AND l.position > $2 ORDER BY l.position LIMIT ${PAGE}`,
      [date, positions.at(-1) ?? "0"],
    );
    for (const row of rows) {
      positions.push(row.position);
      for (const order of lateOf(row, cipher)) orders.push(order);
      await yieldToEvents();
    }
    if (rows.length < PAGE) return { positions, orders };
  }
}

function lateOf({ seqs, first_seq, payload }: LateRow, cipher: FieldCipher): LateOrders["orders"][number][] {
  const runs = decodePayload(ORDER_CODEC, payload, cipher);
  return seqs.map((text) => {
    const seq = BigInt(text);
    return { event: orderAt(runs, Number(seq - BigInt(first_seq))), seq };
  });
}

/** Notes that a revision has taken the late orders of these commits in. */
export async function takeLateIn(
  db: Queryable,
  date: string,
  positions: readonly string[],
  revision: number,
): Promise<void> {
  await db.query(
    "UPDATE late_order SET revision = $3 WHERE biz_date = $1 AND position = ANY ($2::bigint[])",
    [date, positions, revision],
  );
}
