import { expect, test, vi } from "vitest";
import { repeat } from "./repeat.ts";

test("a stop waits for the turn under way, and turns never overlap", async () => {
  vi.useFakeTimers();
  try {
    const ends: (() => void)[] = [];
    const stop = repeat(() => new Promise<void>((resolve) => ends.push(resolve)), 10);
    vi.advanceTimersByTime(50);
    expect(ends).toHaveLength(1);

    let isStopped = false;
    const stopping = stop().then(() => {
      isStopped = true;
    });
    await Promise.resolve();
    expect(isStopped).toBe(false);
    ends[0]?.();
    await stopping;
    vi.advanceTimersByTime(50);
    expect(ends).toHaveLength(1);
  } finally {
    vi.useRealTimers();
  }
});
