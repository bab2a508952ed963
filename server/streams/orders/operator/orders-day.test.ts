import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { BusinessTime } from "#server/contracts/business-time.ts";
import type { OrderEvent } from "#server/contracts/events.ts";
import { formatFen } from "#server/contracts/money.ts";
import { columnsOf } from "#server/contracts/order-columns-builder.ts";
import { applyOne } from "#testing/factories/days.ts";
import { at, fen, order } from "#testing/factories/events.ts";
import { DayBatch } from "./day-batch.ts";
import { VECTOR } from "./hash-slots.ts";
import { OrdersDay } from "./orders-day.ts";

const time = new BusinessTime("Asia/Shanghai");
let day: OrdersDay;

beforeEach(() => {
  day = new OrdersDay("2026-11-22");
});

function apply(event: OrderEvent, to = day) {
  return applyOne(to, event, time);
}

/** premium / policies / policy holders, as docs/rules.md writes an hour. */
function lastOrder(hour: string, of = day): string {
  const figures = of.figuresOf(of.hourNumber(`20261122${hour}`));
  return `${formatFen(figures.totalPremium)} / ${figures.policyCount} / ${figures.policyHolderCount}`;
}

function gross(hour: string): string {
  const figures = day.figuresOf(day.hourNumber(`20261122${hour}`));
  return `${formatFen(figures.grossPremium)} / ${figures.grossOrderCount}`;
}

describe("the worked example of the orders rules", () => {
  const first = order({ userId: "7", orderNo: "A1", gmtModified: at("11-22 10:05"), payable: fen("100") });
  const second = order({ userId: "8", orderNo: "B1", gmtModified: at("11-22 10:30"), payable: fen("50") });
  const third = order({ userId: "7", orderNo: "A2", gmtModified: at("11-22 11:10"), payable: fen("80") });
  const fourth = order({ userId: "7", orderNo: "A0", gmtModified: at("11-22 09:59"), payable: fen("999") });

  test("its five events have the effects that it names, one after the other", () => {
    expect(apply(first).disposition).toBe("applied");
    expect(lastOrder("10")).toBe("100.00 / 1 / 1");
    expect(apply(second).disposition).toBe("applied");
    expect(lastOrder("10")).toBe("150.00 / 2 / 1");
    expect(apply(third).disposition).toBe("applied");
    expect(lastOrder("10")).toBe("50.00 / 1 / 1");
    expect(lastOrder("11")).toBe("80.00 / 1 / 1");
    expect(apply(fourth).disposition).toBe("superseded");
    expect(lastOrder("10")).toBe("50.00 / 1 / 1");
    expect(gross("09")).toBe("999.00 / 1");
    expect(day.figuresOf(day.hourNumber("2026112209")).winnerCount).toBe(0);
    const before = day.hours();
    expect(apply(third).disposition).toBe("duplicate");
    expect(day.hours()).toEqual(before);
  });

  test("O7: gross counts every order number, replaced or not", () => {
    for (const event of [first, second, third, fourth]) apply(event);
    expect(gross("10")).toBe("150.00 / 2");
    expect(gross("11")).toBe("80.00 / 1");
  });
});

describe("O2: the winner", () => {
  const base = order({ orderNo: "M", payable: fen("10"), customerTel: "2" });

  test.each([
    ["a later time", { gmtModified: base.gmtModified + 1, orderNo: "A" }],
    ["at one time, the greater order number", { orderNo: "N", payable: fen("1") }],
    ["then the greater amount, as a number", { payable: fen("9.99") + 1n + fen("90") }],
    ["then the greater telephone number", { customerTel: "3" }],
  ])("%s wins, whichever comes first", (_, change) => {
    const greater = { ...base, ...change };
    expect(apply(base).disposition).toBe("applied");
    expect(apply(greater).disposition).toBe("applied");
    expect(apply(base).disposition).toBe("superseded");
    expect(apply(greater).disposition).toBe("duplicate");
  });

  test.each([
    ["amount", { payable: null }],
    ["telephone number", { customerTel: null }],
  ])("a null %s is lowest", (_, change) => {
    apply(base);
    expect(apply({ ...base, ...change }).disposition).toBe("superseded");
  });

  test("the row is replaced whole, nulls included", () => {
    apply(order({ orderNo: "A1", customerTel: "1", payable: fen("5") }));
    apply(order({ orderNo: "A2", customerTel: null, payable: null }));
    expect(lastOrder("10")).toBe("0.00 / 1 / 0");
  });

  test("columns that the rule does not list make no difference", () => {
    apply(base);
    expect(apply({ ...base, orderType: "other", customerName: "someone" }).disposition).toBe("duplicate");
  });
});

describe("O4: figures of an hour", () => {
  test("an order number shared by two users counts once, until both have left", () => {
    apply(order({ userId: "1", orderNo: "X", customerTel: "1" }));
    apply(order({ userId: "2", orderNo: "X", customerTel: "2" }));
    expect(lastOrder("10")).toBe("200.00 / 1 / 2");
    apply(order({ userId: "1", orderNo: "Y", gmtModified: at("11-22 11:00") }));
    expect(lastOrder("10")).toBe("100.00 / 1 / 1");
    apply(order({ userId: "2", orderNo: "Z", gmtModified: at("11-22 11:00") }));
    expect(lastOrder("10")).toBe("0.00 / 0 / 0");
    expect(day.figuresOf(day.hourNumber("2026112210")).winnerCount).toBe(0);
  });

  test("one telephone number in two hours is one policy holder in each", () => {
    apply(order({ userId: "1", orderNo: "X" }));
    apply(order({ userId: "2", orderNo: "Y", gmtModified: at("11-22 11:00") }));
    expect([lastOrder("10"), lastOrder("11")]).toEqual(["100.00 / 1 / 1", "100.00 / 1 / 1"]);
  });

  test("an empty telephone number is a value, null is none", () => {
    apply(order({ userId: "1", orderNo: "X", customerTel: "" }));
    apply(order({ userId: "2", orderNo: "Y", customerTel: null }));
    expect(lastOrder("10")).toBe("200.00 / 2 / 1");
  });
});

describe("O7: gross", () => {
  test("keeps the greatest version of a number, in the hour of that version", () => {
    apply(order({ orderNo: "X", payable: fen("10") }));
    apply(order({ orderNo: "X", payable: fen("30"), gmtModified: at("11-22 12:00") }));
    apply(order({ orderNo: "X", payable: fen("20"), gmtModified: at("11-22 11:00") }));
    expect([gross("10"), gross("11"), gross("12")]).toEqual(["0.00 / 0", "0.00 / 0", "30.00 / 1"]);
  });

  test("ties go by amount, then by user id as a number", () => {
    apply(order({ orderNo: "X", payable: fen("9"), userId: "10" }));
    expect(apply(order({ orderNo: "X", payable: fen("10"), userId: "9" })).isGross).toBe(true);
    expect(apply(order({ orderNo: "X", payable: fen("10"), userId: "10" })).isGross).toBe(true);
    expect(apply(order({ orderNo: "X", payable: fen("10"), userId: "9" })).isGross).toBe(false);
  });

  test("takes an order that is superseded as last order", () => {
    apply(order({ orderNo: "A", gmtModified: at("11-22 12:00") }));
    const verdict = apply(order({ orderNo: "B", gmtModified: at("11-22 10:00") }));
    expect(verdict).toEqual({ disposition: "superseded", isGross: true });
    expect(gross("10")).toBe("100.00 / 1");
  });
});

test("C6, C9: the day is a function of the set of its orders", () => {
  const event = fc.record({
    userId: fc.constantFrom("1", "2", "10"),
    orderNo: fc.constantFrom("A", "B", "\uE000", "\u{1F600}"),
    gmtModified: fc.constantFrom(at("11-22 10:00"), at("11-22 10:01"), at("11-22 11:00")),
    payable: fc.option(fc.bigInt(-200n, 200n)),
    customerTel: fc.option(fc.constantFrom("", "1", "2")),
  });
  const shuffled = fc
    .array(event, { maxLength: 30 })
    .chain((events) =>
      fc.tuple(
        fc.constant(events),
        fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
      ),
    );
  fc.assert(
    fc.property(shuffled, ([events, again]) => {
      const [one, other] = [new OrdersDay("2026-11-22"), new OrdersDay("2026-11-22")];
      for (const given of events) apply(order(given), one);
      for (const given of again) apply(order(given), other);
      const figures = (of: OrdersDay) =>
        of
          .hours()
          .filter((hour) => hour.winnerCount > 0 || hour.grossOrderCount > 0)
          .sort((a, b) => (a.bizHour < b.bizHour ? -1 : 1));
      expect(figures(other)).toEqual(figures(one));
    }),
  );
});

test("C9: a batch of several vectors leaves what its orders leave one by one", { tags: "slow" }, () => {
  const count = 2 * VECTOR + 500;
  const orders = Array.from({ length: count }, (_, index) =>
    order({
      userId: String((index * 7) % 700),
      orderNo: `N-${(index * 11) % 1_500}`,
      gmtModified: at("11-22 08:00") + ((index * 7_919) % 500) * 60_000,
      payable: BigInt((index * 31) % 90),
      customerTel: index % 5 === 0 ? null : String(index % 300),
    }),
  );
  const [whole, single] = [new OrdersDay("2026-11-22"), new OrdersDay("2026-11-22")];
  const batch = new DayBatch(columnsOf(orders));
  for (const [index, { gmtModified }] of orders.entries()) {
    batch.add(index, whole.hourNumber(time.hourOf(gmtModified)));
  }
  whole.apply(batch);
  const verdicts = orders.map((event) => apply(event, single).disposition);
  expect(orders.map((_, place) => batch.dispositionOf(place))).toEqual(verdicts);
  const byHour = (of: OrdersDay) => of.hours().sort((a, b) => (a.bizHour < b.bizHour ? -1 : 1));
  expect(byHour(whole)).toEqual(byHour(single));
});
