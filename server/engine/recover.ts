import type pg from "pg";
import { DayCalendar } from "../streams/orders/day-calendar.ts";
import { applyPageView, pageKey } from "../streams/page-views/last-pages.ts";
import { readLateAfter } from "../streams/orders/late-orders.ts";
import { readLogAfter } from "../streams/log/log.ts";
import { readOrderDays } from "../streams/orders/order-days.ts";
import { readStreams } from "./stream-rows.ts";
import { applyOrders } from "../streams/orders/apply-orders.ts";
import type { Dirty } from "./dirty.ts";
import { EngineState } from "./engine-state.ts";
import { GroupOutput } from "./group-output.ts";
import { datesOf } from "../streams/orders/hour-finder.ts";
import type { WriterOptions } from "./writer.ts";

const HOUR_MS = 3_600_000;

/**
 * The state as the database has it: what the state tables hold, and on top of it the log from the position that they
 * cover. The figures are committed already; what the tables lack comes back as dirty rows. Replaying an event that
 * the tables hold changes nothing (rule C6).
 */
export async function recover(
  db: pg.ClientBase,
  {
    time,
    vault,
    dayCloseAfterHours,
    residency,
  }: Pick<WriterOptions, "time" | "vault" | "dayCloseAfterHours" | "residency">,
): Promise<{ state: EngineState; dirty: Dirty }> {
  const streams = await readStreams(db);
  const state = new EngineState(
    new Map(streams.map(({ stream, nextSeq, watermark }) => [stream, { nextSeq, watermark }])),
    new DayCalendar(time, dayCloseAfterHours * HOUR_MS, await readOrderDays(db)),
    time,
    vault,
    residency,
  );
  const output = new GroupOutput();
  const covered = new Map(streams.map(({ stream, coveredPosition }) => [stream, coveredPosition]));
  // Which orders came too late was decided at their commit: a setting that has changed since decides nothing anew.
  const late = await readLateAfter(db, covered.get("orders") ?? 0);
  for await (const batch of readLogAfter(db, vault, "orders", covered.get("orders") ?? 0)) {
    output.dirty.position = Math.max(output.dirty.position, batch.position);
    let firstSeq = batch.firstSeq;
    for (const { events, acceptedAt, eventClock } of batch.runs) {
      // Where a replay's clock stood before is not in the log: from the beginning, it makes no hour late that is not noted so.
      const clock = { clockFrom: eventClock ? 0 : acceptedAt, eventClock };
      const source = { orders: events, firstSeq };
      await state.admitDays(db, datesOf(events, time));
      const admits = (_date: string, _time: number, index: number) =>
        !late.has(source.firstSeq + BigInt(index));
      applyOrders({ state, time }, source, clock, admits, output);
      output.causes.clear(); // kept at their commit
      firstSeq += BigInt(events.length);
    }
  }
  for await (const batch of readLogAfter(db, vault, "page_views", covered.get("page_views") ?? 0)) {
    output.dirty.position = Math.max(output.dirty.position, batch.position);
    let seq = batch.firstSeq;
    for (const { events } of batch.runs) {
      const keys = events.flatMap(({ accountId, deviceId }) =>
        accountId === null ? [] : [{ accountId, deviceId }],
      );
      await state.admitPages(db, keys);
      for (const event of events) {
        const key = pageKey(event.accountId ?? "", event.deviceId);
        const { page } = applyPageView(event, seq++, state.page(key));
        if (!page) continue;
        state.setPage(key, page);
        output.dirty.addPage(key, page);
      }
    }
  }
  return { state, dirty: output.dirty };
}
