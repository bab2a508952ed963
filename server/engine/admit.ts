import type pg from "pg";
import { type IngestBatch, isStream } from "../contracts/batch.ts";
import type { BusinessTime } from "../contracts/business-time.ts";
import type { EngineState } from "./engine-state.ts";
import { datesOf } from "../streams/orders/hour-finder.ts";

/** Brings the state that these batches need into memory. `db`: not pipelined, days come by COPY. */
export async function admit(
  db: pg.ClientBase,
  batches: readonly IngestBatch[],
  { state, time }: { readonly state: EngineState; readonly time: BusinessTime },
): Promise<void> {
  const dates = new Set<string>();
  const pages: { accountId: string; deviceId: string }[] = [];
  for (const batch of batches) {
    if (isStream(batch, "orders")) {
      for (const date of datesOf(batch.events, time)) dates.add(date);
    } else if (isStream(batch, "page_views")) {
      for (const { accountId, deviceId } of batch.events) {
        if (accountId !== null) pages.push({ accountId, deviceId });
      }
    }
  }
  await state.admitDays(
    db,
    [...dates].filter((date) => !state.calendar.isClosed(date)),
  );
  await state.admitPages(db, pages);
}
