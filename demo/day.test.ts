/** @module-tag slow */
import { describe, expect, test } from "vitest";
import { addDays, BusinessTime } from "../server/contracts/business-time.ts";
import { REJECT_CODES } from "../server/contracts/events.ts";
import { simulateDay } from "./day.ts";
import type { Delivery } from "./delivery.ts";
import { changeOn, holdingBefore, KEY_USER_COUNT } from "./key-users.ts";
import { Timeline } from "./timeline.ts";

const SEED = 1;
const shanghai = new BusinessTime("Asia/Shanghai");
const WEEK = Array.from({ length: 7 }, (_, day) => addDays("2026-11-16", day));

const simulated = new Map<string, readonly Delivery[]>();

/** A day under the seed of these tests, simulated once. */
function dayOf(date: string): readonly Delivery[] {
  const lines = simulated.get(date) ?? simulateDay(SEED, date, shanghai);
  simulated.set(date, lines);
  return lines;
}

/** Tens of thousands of lines are compared as one text: the same, and quick. */
const textOf = (lines: readonly Delivery[]): string => JSON.stringify(lines);

interface OrderLine {
  readonly id: number;
  readonly order_no: string;
  readonly gmt_modified: number;
  readonly account_payble: string | number | null;
  readonly customer_tel: string | null;
}

/** Figures of a day by the rules O2 and O7, in the shortest words. */
function figures(lines: readonly Delivery[]) {
  const sound = lines.filter((line) => line.stream === "orders" && !line.flaw);
  const orders = sound.map((line) => JSON.parse(line.line) as OrderLine);
  const newest = (key: (order: OrderLine) => string | number) => {
    const rows = new Map<string | number, OrderLine>();
    for (const order of orders.toSorted((a, b) => a.gmt_modified - b.gmt_modified))
      rows.set(key(order), order);
    return [...rows.values()];
  };
  const premium = (rows: readonly OrderLine[]) =>
    rows.reduce((sum, row) => sum + Number(row.account_payble ?? 0), 0);
  const winners = newest((order) => order.id);
  return {
    winners,
    policies: new Set(winners.map((row) => row.order_no)).size,
    premium: premium(winners),
    gross: premium(newest((order) => order.order_no)),
    holders: new Set(winners.map((row) => `${shanghai.hourOf(row.gmt_modified)} ${row.customer_tel}`)).size,
  };
}

describe("the simulated day", () => {
  test("is a function of seed, date and zone", () => {
    const text = textOf(dayOf("2026-11-22"));
    expect(textOf(simulateDay(SEED, "2026-11-22", shanghai)) === text).toBe(true);
    expect(textOf(simulateDay(2, "2026-11-22", shanghai)) === text).toBe(false);
  });

  test.each(WEEK)("looks like an insurer's day: %s", (date) => {
    const day = figures(dayOf(date));
    expect(day.policies).toBeGreaterThan(2_800);
    expect(day.policies).toBeLessThan(4_000);
    expect(day.premium).toBeGreaterThan(1_000_000);
    expect(day.premium).toBeLessThan(1_550_000);
    expect(day.gross / day.premium).toBeGreaterThan(1.05);
    expect(day.gross / day.premium).toBeLessThan(1.15);
    expect(day.holders).toBeLessThan(day.policies);
  });

  test("peaks before noon and in the evening, and sleeps at night", () => {
    const hours = new Map<number, number>();
    for (const date of WEEK) {
      for (const { gmt_modified } of figures(dayOf(date)).winners) {
        const hour = Number(shanghai.hourOf(gmt_modified).slice(8));
        hours.set(hour, (hours.get(hour) ?? 0) + 1);
      }
    }
    const at = (hour: number) => hours.get(hour) ?? 0;
    expect(at(10)).toBeGreaterThan(at(12));
    expect(at(20)).toBeGreaterThan(at(17) * 1.2);
    expect(at(3)).toBeLessThan(at(10) / 10);
  });

  test("arrives in order of arrival, never before it happened, some of it late and some twice", () => {
    const lines = dayOf("2026-11-22");
    expect(lines.every((line, index) => line.at >= (lines[index - 1]?.at ?? 0))).toBe(true);
    const orders = lines.filter((line) => line.stream === "orders" && !line.flaw);
    const delays = orders.map((line) => line.at - (JSON.parse(line.line) as OrderLine).gmt_modified);
    expect(Math.min(...delays)).toBeGreaterThan(0);
    const late = delays.filter((delay) => delay >= 120_000).length;
    expect(late).toBeGreaterThan(0);
    expect(late / orders.length).toBeLessThan(0.005);
    expect(new Set(orders.map((line) => line.line)).size).toBeLessThan(orders.length);
  });

  test("spoils about one line in 500, in every way that there is", () => {
    const lines = WEEK.flatMap((date) => dayOf(date));
    const flaws = lines.flatMap((line) => line.flaw ?? []);
    expect(flaws.length / lines.length).toBeGreaterThan(1 / 700);
    expect(flaws.length / lines.length).toBeLessThan(1 / 400);
    expect(new Set(flaws)).toEqual(new Set(REJECT_CODES));
  });
});

describe("key users", () => {
  const everybody = Array.from({ length: KEY_USER_COUNT }, (_, nth) => nth);

  test("hold tomorrow what they changed to today", () => {
    for (const date of WEEK) {
      for (const nth of everybody) {
        const held = changeOn(SEED, nth, date) ?? holdingBefore(SEED, nth, date);
        expect(holdingBefore(SEED, nth, addDays(date, 1))).toEqual(held);
      }
    }
  });

  test("give up more than 15 % up to twenty times a day, and raise their cover more often", () => {
    for (const date of WEEK) {
      const changes = everybody.flatMap((nth) => {
        const now = changeOn(SEED, nth, date);
        return now ? [{ before: holdingBefore(SEED, nth, date).amount, now: now.amount }] : [];
      });
      const drops = changes.filter(({ before, now }) => now * 100 < before * 85).length;
      expect(drops).toBeGreaterThan(0);
      expect(drops).toBeLessThanOrEqual(20);
      expect(changes.filter(({ before, now }) => now > before).length).toBeGreaterThan(drops);
    }
  });
});

describe("the timeline", () => {
  test("gives the same lines however it is cut, over midnight and over a change of the clocks", () => {
    const berlin = new BusinessTime("Europe/Berlin");
    const from = berlin.startOf("2026-10-24");
    const to = berlin.endOf("2026-10-25");
    const whole = new Timeline(SEED, berlin, "2026-10-24").between(from, to);
    const pieces: Delivery[] = [];
    const timeline = new Timeline(SEED, berlin, "2026-10-24");
    for (let at = from; at < to; at += 3_333_333) {
      pieces.push(...timeline.between(at, Math.min(to, at + 3_333_333)));
    }
    expect(textOf(pieces) === textOf(whole)).toBe(true);
    expect(whole.length).toBeGreaterThan(50_000);
  });
});
