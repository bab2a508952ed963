import fc from "fast-check";
import { expect, test } from "vitest";
import { BusinessTime } from "#server/contracts/business-time.ts";
import type { HourAggregate } from "#server/contracts/committed.ts";
import type { OrderEvent } from "#server/contracts/events.ts";
import { sumMeasures } from "#server/contracts/hour-measures.ts";
import { applyOne } from "#testing/factories/days.ts";
import { at, fen, order } from "#testing/factories/events.ts";
import { type DayCurve, DayCurveDrawing } from "./day-curve.ts";
import { OrdersDay } from "./orders-day.ts";

const time = new BusinessTime("Asia/Shanghai");
const DATE = "2026-11-22";
const START = time.startOf(DATE);

function curveOf(orders: readonly OrderEvent[], date = DATE, zone = time): DayCurve {
  const drawing = new DayCurveDrawing(date, zone);
  for (const event of orders) drawing.add(event);
  const work = drawing.draw();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** The hours as they would stand if only these orders had ever been. */
function current(orders: readonly OrderEvent[]): HourAggregate[] {
  const day = new OrdersDay(DATE);
  for (const event of orders) applyOne(day, event, time);
  return day.hours().filter((hour) => hour.winnerCount > 0 || hour.grossOrderCount > 0);
}

const sorted = (hours: readonly HourAggregate[]) =>
  hours.toSorted((a, b) => (a.bizHour < b.bizHour ? -1 : 1));

test("a later order of the same user counts from its own minute on, not before (O2, O3)", () => {
  const curve = curveOf([
    order({ orderNo: "A2", gmtModified: at("11-22 11:10"), payable: fen("80") }),
    order({ orderNo: "A1", gmtModified: at("11-22 10:05"), payable: fen("100") }),
  ]);
  const premium = (minute: number) => sumMeasures(curve[minute] ?? []).totalPremium;
  expect(premium(605)).toBe(0n); // until 10:05:00, its own moment excluded
  expect(premium(606)).toBe(fen("100"));
  expect(premium(670)).toBe(fen("100"));
  expect(premium(671)).toBe(fen("80"));
  expect(sumMeasures(curve[671] ?? []).grossPremium).toBe(fen("180"));
  expect(curve).toHaveLength(1441);
});

test("a day that a clock change lengthens has its 25 hours", () => {
  const berlin = new BusinessTime("Europe/Berlin");
  const last = berlin.endOf("2026-10-25") - 1;
  const curve = curveOf([order({ gmtModified: last })], "2026-10-25", berlin);
  expect(curve).toHaveLength(1501);
  expect(sumMeasures(curve.at(-1) ?? []).policyCount).toBe(1);
});

const anyOrder = fc
  .record({
    userId: fc.constantFrom("1", "2", "3"),
    orderNo: fc.constantFrom("A", "B", "C", "D"),
    gmtModified: fc.integer({ min: 0, max: 86_399_999 }).map((offset) => START + offset),
    payable: fc.option(fc.integer({ min: 0, max: 5_000 }).map(BigInt)),
    customerTel: fc.option(fc.constantFrom("t1", "t2")),
  })
  .map(order);

test("at every minute the curve is the day of the orders that had happened, in any order of arrival", () => {
  fc.assert(
    fc.property(
      fc.array(anyOrder, { maxLength: 40 }),
      fc.array(fc.integer({ min: 0, max: 1440 }), { maxLength: 8 }),
      (orders, minutes) => {
        const curve = curveOf(orders);
        for (const minute of minutes) {
          const happened = orders.filter(({ gmtModified }) => gmtModified < START + minute * 60_000);
          expect(curve[minute]).toEqual(sorted(current(happened)));
        }
      },
    ),
    { numRuns: 200 },
  );
});
