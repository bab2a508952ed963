import { expect, test } from "vitest";
import type { Move } from "#server/contracts/api/orders.ts";
import { foldMoves, netOf, shortOrder, shortUser } from "./prepare-moves.ts";

test.each([
  ["100204471", "·4471"],
  ["12345", "12345"],
])("user %s is %s", (userId, short) => expect(shortUser(userId)).toBe(short));

test.each([
  ["P261122849260", "P…9260"],
  ["A1", "A1"],
])("order %s is %s", (orderNo, short) => expect(shortOrder(orderNo)).toBe(short));

const move = (
  key: string,
  kind: Move["kind"],
  payable: string | null,
  before: string | null = null,
): Move => ({
  key,
  kind,
  at: `2026-11-22T02:22:0${key}.000Z`,
  userId: "100204471",
  orderNo: `P${key}`,
  bizHour: "2026112210",
  payable,
  before: before === null ? null : { orderNo: "P0", bizHour: "2026112208", payable: before },
});

test("ordinary orders that follow one another are one line with their sum; moves stand by themselves", () => {
  const moves = [
    move("9", "new", "10.10"),
    move("8", "new", null),
    move("7", "moved", "480.00", "560.00"),
    move("6", "new", "-3.34"),
  ];
  expect(foldMoves(moves, new Set())).toEqual([
    { kind: "orders", at: "2026-11-22T02:22:09.000Z", count: 2, amount: "10.10", isMore: false },
    { kind: "move", move: moves[2] },
    { kind: "orders", at: "2026-11-22T02:22:06.000Z", count: 1, amount: "-3.34", isMore: false },
  ]);
});

test("where the server lists the newest alone, no sum is claimed", () => {
  const moves = [move("9", "new", "10.00"), move("8", "new", "10.00")];
  expect(foldMoves(moves, new Set(["8"]))).toMatchObject([{ count: 2, isMore: true }]);
});

test.each([
  ["480.00", "560.00", "-80.00"],
  ["-7.00", "-3.34", "-3.66"],
  ["-2301.00", null, "-2301.00"],
  [null, "-3.34", "3.34"],
])("an order of %s in the place of %s is %s (cases 11, 22)", (payable, before, net) => {
  expect(netOf(move("1", before === null ? "late" : "moved", payable, before))).toBe(net);
});
