import fc from "fast-check";
import { expect, test } from "vitest";
import type { HourFigures, Hourly, Move } from "#server/contracts/api/orders.ts";
import type { TopicBodies } from "#server/contracts/live.ts";
import { LISTED_MOVES } from "#server/contracts/live.ts";
import { asListed, followHours, followMoves } from "./follow-hours.ts";
import { KEPT_MOVES } from "./prepare-moves.ts";

type Body = TopicBodies["orders"];

const hour = (bizHour: string, totalPremium: string): HourFigures => ({
  bizHour,
  totalPremium,
  policyCount: 1,
  policyHolderCount: 1,
  grossPremium: totalPremium,
  grossOrderCount: 1,
  partial: false,
  revisedByLate: false,
});
const day = (hours: HourFigures[], completeTo: string | null = null): Hourly => ({
  date: "2026-11-22",
  zone: "Asia/Shanghai",
  revision: 0,
  closed: false,
  completeTo,
  hours,
  snapshot: { epoch: "e", position: 1 },
});
const body = (given: Partial<Body>): Body => ({
  hours: [],
  gone: [],
  days: [],
  completeTo: null,
  moves: [],
  moveCount: 0,
  movesPerSecond: 0,
  ...given,
});
const move = (key: string) => ({ key, bizHour: "2026112210" }) as Move;

test("changed hours take their newest state, new ones their place; other days' do not belong", () => {
  const changed = [hour("2026112209", "1.00"), hour("2026112210", "2.00"), hour("2026112310", "9.00")];
  const next = followHours(
    day([hour("2026112210", "5.00"), hour("2026112211", "7.00")]),
    body({ hours: changed }),
  );
  expect(next.hours.map(({ bizHour, totalPremium }) => [bizHour, totalPremium])).toEqual([
    ["2026112209", "1.00"],
    ["2026112210", "2.00"],
    ["2026112211", "7.00"],
  ]);
});

test("an hour that has lost all its figures is gone (O5)", () => {
  expect(followHours(day([hour("2026112210", "5.00")]), body({ gone: ["2026112210"] })).hours).toEqual([]);
});

test("completeness only grows", () => {
  const early = "2026-11-22T02:00:00.000Z";
  const late = "2026-11-22T03:00:00.000Z";
  expect(followHours(day([], late), body({ completeTo: early })).completeTo).toBe(late);
  expect(followHours(day([], early), body({ completeTo: late })).completeTo).toBe(late);
  expect(followHours(day([], early), body({})).completeTo).toBe(early);
});

test("patches applied twice, or joined into one, give the same day", () => {
  const anyHour = fc
    .tuple(fc.integer({ min: 10, max: 14 }), fc.integer({ min: 0, max: 99 }))
    .map(([clock, fen]) => hour(`20261122${clock}`, `${fen}.00`));
  fc.assert(
    fc.property(fc.array(fc.array(anyHour, { maxLength: 4 }), { maxLength: 6 }), (patches) => {
      const step = (data: Hourly, hours: HourFigures[]) => followHours(data, body({ hours }));
      const once = patches.reduce(step, day([]));
      const twice = patches.reduce((data, hours) => step(step(data, hours), hours), day([]));
      expect(twice).toEqual(once);
      expect(step(day([]), patches.flat())).toEqual(once);
    }),
    { numRuns: 200 },
  );
});

test("moves come newest first, each once, no more than are shown", () => {
  const data = { items: [move("2"), move("1")], perSecond: 1, snapshot: { epoch: "e", position: 1 } };
  const next = followMoves("2026-11-22", data, body({ moves: [move("3"), move("2")], movesPerSecond: 4 }));
  expect(next.items.map(({ key }) => key)).toEqual(["3", "2", "1"]);
  expect(next.perSecond).toBe(4);
  const many = Array.from({ length: 400 }, (_, index) => move(String(1000 - index)));
  expect(followMoves("2026-11-22", data, body({ moves: many })).items).toHaveLength(KEPT_MOVES);
});

test("moves of another day are not this day's; where a patch lists the newest alone, that is known", () => {
  const data = { items: [], perSecond: 0, snapshot: { epoch: "e", position: 1 } };
  const other = { ...move("5"), bizHour: "2026112110" };
  const next = followMoves("2026-11-22", data, body({ moves: [move("6"), other, move("4")], moveCount: 90 }));
  expect(next.items.map(({ key }) => key)).toEqual(["6", "4"]);
  expect(next.cuts).toEqual(new Set(["4"]));
  expect(followMoves("2026-11-22", data, body({ moves: [move("6")], moveCount: 1 })).cuts).toEqual(new Set());
});

test("before the oldest of a full list there were more", () => {
  const listed = (count: number) =>
    asListed({
      items: Array.from({ length: count }, (_, index) => move(String(count - index))),
      perSecond: 0,
      snapshot: { epoch: "e", position: 1 },
    }).cuts;
  expect(listed(LISTED_MOVES)).toEqual(new Set(["1"]));
  expect(listed(LISTED_MOVES - 1)).toBeUndefined();
  expect(listed(0)).toBeUndefined();
});

test("a day learns that it was closed and revised; another day's closing is not its own (O6)", () => {
  const closed = followHours(day([]), body({ days: [{ date: "2026-11-22", revision: 1 }] }));
  expect([closed.closed, closed.revision]).toEqual([true, 1]);
  const revised = followHours(closed, body({ days: [{ date: "2026-11-22", revision: 2 }] }));
  expect(followHours(revised, body({ days: [{ date: "2026-11-22", revision: 1 }] })).revision).toBe(2);
  expect(followHours(day([]), body({ days: [{ date: "2026-11-21", revision: 1 }] })).closed).toBe(false);
});
