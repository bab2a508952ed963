import type pg from "pg";
import { awaitAll } from "#server/db/await-all.ts";
import type { Queryable } from "#server/db/queryable.ts";
import type { FieldCipher } from "#server/lib/field-cipher.ts";
import type { OrderBuffer } from "../operator/order-buffer.ts";
import type { CurrentRows } from "../operator/order-changes.ts";
import type { OrderRefs } from "../operator/order-refs.ts";
import type { OrdersDay } from "../operator/orders-day.ts";
import { insertGrossOrders, insertLastOrders, replaceGrossOrders, replaceLastOrders } from "./order-rows.ts";
import { type LastOrderRow, writeGrossOrders, writeLastOrders } from "./order-state.ts";

/** Where the days are that the rows belong to. */
interface Days {
  day(date: string): OrdersDay;
}

/** What is to be written of each business date; the days know it as stored from now on. */
export const currentRows = (rows: OrderBuffer, days: Days): (readonly [string, CurrentRows])[] =>
  Array.from(rows.days, ([date, changes]) => [date, changes.currentRows(days.day(date))] as const);

/** Writes many rows, by COPY. */
export async function copyOrderRows(
  db: pg.ClientBase,
  current: readonly (readonly [string, CurrentRows])[],
  cipher: FieldCipher,
): Promise<void> {
  for (const [date, rows] of current) {
    await insertLastOrders(db, date, rows.newLast, cipher);
    await replaceLastOrders(db, date, rows.storedLast, cipher);
    await insertGrossOrders(db, date, rows.newGross);
    await replaceGrossOrders(db, date, rows.storedGross);
  }
}

/** Writes a handful of rows: one statement a table and date is quicker than COPY. All are sent before the first is awaited. */
export async function writeFewOrderRows(
  db: Queryable,
  current: readonly (readonly [string, CurrentRows])[],
  cipher: FieldCipher,
): Promise<void> {
  await awaitAll(
    current.flatMap(([date, { newLast, storedLast, newGross, storedGross }]) => {
      const gross = [...rowsOf(date, newGross), ...rowsOf(date, storedGross)];
      return [
        writeLastOrders(db, [...rowsOf(date, newLast), ...rowsOf(date, storedLast)], cipher),
        writeGrossOrders(
          db,
          gross.map(({ bizDate, event }) => ({ bizDate, ...event })),
        ),
      ];
    }),
  );
}

function rowsOf(date: string, refs: OrderRefs): LastOrderRow[] {
  return Array.from({ length: refs.length }, (_, place) => {
    const { orders, firstSeq } = refs.sourceAt(place);
    const index = refs.indexAt(place);
    return { bizDate: date, event: orders.at(index), seq: firstSeq + BigInt(index) };
  });
}
