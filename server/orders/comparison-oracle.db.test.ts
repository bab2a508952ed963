/** @module-tag slow */
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { fen, order } from "#testing/factories/events.ts";
import { batchOf, TEST_CIPHER } from "#testing/harness/writer-harness.ts";
import { writersForEachTest } from "#testing/harness/writers.ts";
import { comparedTable } from "#testing/oracle/comparison.ts";
import type { OrderLine } from "#testing/oracle/orders.ts";
import type { Actor } from "../access/can.ts";
import type { ComparedHour } from "../contracts/api/orders.ts";
import { addDays, BusinessTime } from "../contracts/business-time.ts";
import { COMPARISONS, type ComparedWith, comparedDays } from "../contracts/compared-days.ts";
import { applyLateOrders } from "./apply-late-orders.ts";
import { comparison } from "./comparison.ts";

/** Rule O13 against an oracle that knows nothing of curves: each kind, beside days of 23 and 25 hours, closed, revised and empty. */

const ZONE = "Europe/Berlin";
const time = new BusinessTime(ZONE);
const HOUR_MS = 3_600_000;
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const ANNA: Actor = { kind: "person", id: "anna", name: "Anna", role: "administrator", sessionId: "s" };

/** The Sundays whose clocks change, what stands four weeks before and a week after them, and their neighbours. */
const DATES = ["2026-03-29", "2026-10-25"].flatMap((change) =>
  [-28, -21, -14, -7, -1, 0, 1, 7].map((days) => addDays(change, days)),
);

const writers = writersForEachTest();

const anyLine = (date: string) =>
  fc.record({
    id: fc.constantFrom("1", "2", "3", "4"),
    order_no: fc.constantFrom("A", "B", "C", "D", "E"),
    gmt_modified: fc
      .integer({ min: 0, max: time.endOf(date) - time.startOf(date) - 1 })
      .map((offset) => time.startOf(date) + offset),
    account_payble: fc.integer({ min: -500, max: 5_000 }).map((cents) => (cents / 100).toFixed(2)),
    customer_tel: fc.constantFrom("t1", "t2", null),
  });
const linesOf = (date: string, maxLength: number, salt: number): OrderLine[] =>
  fc.sample(fc.array(anyLine(date), { maxLength }), { seed: SEED + salt, numRuns: 1 })[0] ?? [];

const eventOf = (line: OrderLine) =>
  order({
    userId: String(line.id),
    orderNo: String(line.order_no),
    gmtModified: Number(line.gmt_modified),
    payable: fen(String(line.account_payble)),
    customerTel: line.customer_tel === null ? null : String(line.customer_tel),
  });

test(`what each kind of comparison says is what the oracle says, seed ${SEED} (O13)`, async () => {
  const writer = await writers.start({ dayCloseAfterHours: 24, time });
  const ctx = {
    pool: writers.pool,
    epoch: "test",
    time,
    cipher: TEST_CIPHER,
    now: () => time.endOf("2026-12-31"),
    publish: () => undefined,
  };
  const send = (lines: readonly OrderLine[], acceptedAt: number) =>
    writer.submit(batchOf("orders", lines.map(eventOf), { acceptedAt }));
  const counted: OrderLine[] = [];
  for (const [index, date] of DATES.toSorted().entries()) {
    if (index % 5 === 3) continue; // nobody bought anything
    const lines = linesOf(date, 30, index);
    await send(lines, time.endOf(date) + HOUR_MS);
    counted.push(...lines);
  }
  for (const [index, date] of DATES.entries()) {
    const late = linesOf(date, 6, 100 + index);
    await send(late, time.endOf("2026-12-01"));
    if (late.length === 0 || index % 2 === 0) continue; // kept aside
    await vi.waitFor(() => applyLateOrders(ctx, ANNA, { date, seen: 1, reason: "late" }), {
      timeout: 20_000,
    });
    counted.push(...late);
  }
  const kinds: ComparedWith[] = [...COMPARISONS, "2026-10-25", "2026-03-29", "2026-10-18"];
  const minutes = [0, 90, 119, 120, 150, 179, 180, 623, 1439, 1440];
  for (const date of [...DATES, "2026-11-08"]) {
    for (const kind of kinds) {
      for (const minute of minutes) {
        const said = await comparison(ctx, { date, with: kind, minute });
        const right = comparedTable(counted, ZONE, comparedDays(date, kind), minute);
        expect(
          {
            days: said.days,
            until: (said.hoursThen ?? []).map(rowOf),
            whole: said.hours.map(rowOf),
            totals: said.totals && rowOf({ clock: "", ...said.totals }).slice(1),
            wholeTotals: said.wholeTotals && rowOf({ clock: "", ...said.wholeTotals }).slice(1),
          },
          `${date} beside ${kind} at minute ${minute}, seed ${SEED}`,
        ).toEqual(right);
      }
    }
  }
});

const rowOf = (hour: ComparedHour) => [
  hour.clock,
  hour.totalPremium,
  hour.policyCount,
  hour.policyHolderCount,
  hour.grossPremium,
  hour.grossOrderCount,
];
