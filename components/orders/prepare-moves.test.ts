import { expect, test } from "vitest";
import { shortOrder, shortUser } from "./prepare-moves.ts";

test.each([
  ["100204471", "·4471"],
  ["12345", "12345"],
])("user %s is %s", (userId, short) => expect(shortUser(userId)).toBe(short));

test.each([
  ["P261122849260", "P…9260"],
  ["A1", "A1"],
])("order %s is %s", (orderNo, short) => expect(shortOrder(orderNo)).toBe(short));
