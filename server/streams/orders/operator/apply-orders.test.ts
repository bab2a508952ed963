import fc from "fast-check";
import { expect, test } from "vitest";
import { columnsOf } from "#server/contracts/order-columns-builder.ts";
import { DaysInMemory } from "#testing/factories/days.ts";
import { at, order } from "#testing/factories/events.ts";
import { TEST_TIME } from "#testing/harness/writer-harness.ts";

/** Hours that something late has revised, of a replay whose orders come at these times in batches of these sizes. */
function revisedHours(times: readonly number[], sizes: readonly number[]): string[] {
  const days = new DaysInMemory(TEST_TIME);
  const orders = times.map((gmtModified, index) =>
    order({ userId: String(index), orderNo: `A${index}`, gmtModified }),
  );
  let clockFrom = 0;
  for (let from = 0, turn = 0; from < orders.length; turn += 1) {
    const batch = orders.slice(from, from + (sizes[turn % sizes.length] as number));
    days.apply(columnsOf(batch), { clockFrom, eventClock: true });
    clockFrom = Math.max(clockFrom, ...batch.map(({ gmtModified }) => gmtModified));
    from += batch.length;
  }
  const hours = days.days().flatMap((day) => day.hours());
  return hours.flatMap(({ bizHour, revisedByLate }) => (revisedByLate ? [bizHour] : [])).sort();
}

test("a replay's order is late for its hour by those before it, not by those behind it in its batch (C3)", () => {
  const inOrder = ["11-22 10:05", "11-22 11:30", "11-22 12:10"].map(at);
  expect(revisedHours(inOrder, [3])).toEqual([]);
  expect(revisedHours([...inOrder, at("11-22 11:59")], [4])).toEqual(["2026112211"]);
  expect(revisedHours([at("11-22 11:00:59"), at("11-22 10:59")], [2])).toEqual([]);
  expect(revisedHours([at("11-22 11:01"), at("11-22 10:59")], [2])).toEqual(["2026112210"]);
});

test("which hours late orders of a replay have revised does not depend on its batches (C11)", () => {
  const time = fc.integer({ min: at("11-22 08:00"), max: at("11-23 08:00") });
  const sizes = fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(fc.array(time, { maxLength: 30 }), sizes, (times, given) => {
      expect(revisedHours(times, given)).toEqual(revisedHours(times, [1]));
    }),
  );
});
