import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";

/** Until the state tables cover the whole log of orders. */
export async function allWritten(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ covered: boolean }>(
      `SELECT covered_position >= (SELECT max(position) FROM event_log WHERE stream = 'orders') AS covered
       FROM stream WHERE name = 'orders'`,
    );
    if (rows[0]?.covered) return;
    await pause(10);
  }
}
