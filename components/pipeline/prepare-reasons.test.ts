import { expect, test } from "vitest";
import { prepareReasons } from "./prepare-reasons.ts";

const lastAt = "2026-11-22T06:00:00.000Z";
const items = [
  { stream: "orders", code: "bad_amount", field: null, count: 4, lastAt },
  { stream: "page_views", code: "bad_time", field: null, count: 9, lastAt },
  { stream: "page_views", code: "bad_amount", field: null, count: 1, lastAt },
] as const;

test("refused lines are counted by stream and by code, over all streams or within one", () => {
  const all = prepareReasons({ items: [...items] }, "");
  expect(all.total).toBe(14);
  expect(all.byStream.map(({ count }) => count)).toEqual([4, 0, 10]);
  expect(all.byCode).toEqual([
    { code: "bad_time", count: 9 },
    { code: "bad_amount", count: 5 },
  ]);
  expect(prepareReasons({ items: [...items] }, "orders").byCode).toEqual([{ code: "bad_amount", count: 4 }]);
});
