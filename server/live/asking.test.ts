import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Flood, Paced } from "./asking.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

test("three are answered at once; of more, the newest, when there is time", () => {
  const answered: number[] = [];
  const paced = new Paced<number>((asked) => void answered.push(asked));
  for (let n = 1; n <= 100; n++) paced.offer(n);
  expect(answered).toEqual([1, 2, 3]);
  vi.advanceTimersByTime(999);
  expect(answered).toEqual([1, 2, 3]);
  vi.advanceTimersByTime(1);
  expect(answered).toEqual([1, 2, 3, 100]);
});

test("however long somebody asks without end, three a second are answered", () => {
  let answered = 0;
  const paced = new Paced<null>(() => {
    answered += 1;
  });
  for (let ms = 0; ms < 10_000; ms += 10) {
    paced.offer(null);
    vi.advanceTimersByTime(10);
  }
  expect(answered).toBeGreaterThanOrEqual(28);
  expect(answered).toBeLessThanOrEqual(31);
});

test("what waits when the socket ends is not answered", () => {
  const answered: number[] = [];
  const paced = new Paced<number>((asked) => void answered.push(asked));
  for (let n = 1; n <= 4; n++) paced.offer(n);
  paced.stop();
  vi.advanceTimersByTime(5_000);
  expect(answered).toEqual([1, 2, 3]);
});

test("fifty messages in a second are a page's, one more is a flood", () => {
  const flood = new Flood();
  for (let n = 1; n <= 50; n++) expect(flood.isOne()).toBe(false);
  expect(flood.isOne()).toBe(true);
  vi.advanceTimersByTime(1_000);
  expect(flood.isOne()).toBe(false);
});
