import type { BusinessTime } from "#server/contracts/business-time.ts";
import type { OrderEvent } from "#server/contracts/events.ts";
import type { Queryable } from "#server/db/queryable.ts";
import type { FieldCipher } from "#server/lib/field-cipher.ts";
import { decodePayload } from "#server/streams/log/payload.ts";
import { ORDER_CODEC } from "../order-codec.ts";
import { readLateOf } from "./late-orders.ts";

/** Log rows read at a time. */
const PAGE = 50;

interface StoredRow {
  readonly position: string;
  readonly first_seq: string;
  readonly payload: Buffer;
}

/**
 * The orders of one business date in the order of the log, duplicates included; without those that came late and stand
 * aside (rule O6).
 */
export async function* readDayOrders(
  db: Queryable,
  cipher: FieldCipher,
  time: BusinessTime,
  date: string,
): AsyncGenerator<{ event: OrderEvent; seq: bigint }> {
  const [start, end] = [time.startOf(date), time.endOf(date)];
  const late = await readLateOf(db, date);
  let after = 0;
  for (;;) {
    const { rows } = await db.query<StoredRow>(
      `SELECT position, first_seq, payload FROM event_log
       WHERE stream = 'orders' AND min_event_time < $2 AND max_event_time >= $1 AND position > $3
       ORDER BY position LIMIT ${PAGE}`,
      [start, end, after],
    );
    for (const row of rows) {
      after = Number(row.position);
      let seq = BigInt(row.first_seq);
      for (const run of decodePayload(ORDER_CODEC, row.payload, cipher)) {
        for (const event of run.events) {
          const isOfDay = event.gmtModified >= start && event.gmtModified < end;
          if (isOfDay && !late.has(seq)) yield { event, seq };
          seq += 1n;
        }
      }
    }
    if (rows.length < PAGE) return;
  }
}
