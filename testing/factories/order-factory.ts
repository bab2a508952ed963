import type { OrderEvent } from "#server/contracts/events.ts";
import { at, fen, order } from "./events.ts";

/** Three orders of two buyers: the third replaces the first. */
export const first = order({
  userId: "7",
  orderNo: "A1",
  gmtModified: at("11-22 10:05"),
  payable: fen("100"),
});
export const second = order({
  userId: "8",
  orderNo: "B1",
  gmtModified: at("11-22 10:30"),
  payable: fen("50"),
});
export const third = order({
  userId: "7",
  orderNo: "A2",
  gmtModified: at("11-22 11:10"),
  payable: fen("80"),
});
/** The hours once all three have come. */
export const AFTER_THREE = [
  ["2026112210", "50.00", 1, 1, "150.00", 2],
  ["2026112211", "80.00", 1, 1, "80.00", 1],
];

/** So many that their state rows follow after their commit; of the day before the one that the tests look at. */
export function ordersWrittenBehind(): OrderEvent[] {
  return Array.from({ length: 300 }, (_, index) =>
    order({ userId: `9000${index}`, orderNo: `M${index}`, gmtModified: at("11-21 10:00") }),
  );
}
