import { expect, test } from "vitest";
import { ServerClock } from "./server-clock.ts";

function clockAt(said: number) {
  let counter = 0;
  const clock = new ServerClock(said, () => counter);
  const pass = (ms: number) => {
    counter += ms;
  };
  return { clock, pass };
}

test("what the server said goes on by the counter, whatever the viewer's clock shows (C14)", () => {
  const { clock, pass } = clockAt(50_000);
  pass(1_250);
  expect(clock.now()).toBe(51_250);
});

test("a later word of the server counts at once: the page was long on its way, or the machine slept", () => {
  const { clock, pass } = clockAt(50_000);
  pass(100);
  clock.hear(50_900);
  expect(clock.now()).toBe(50_900);
  pass(50);
  clock.hear(3_650_000);
  expect(clock.now()).toBe(3_650_000);
});

test("a slow message does not set it back; a server whose clock was set back does", () => {
  const { clock, pass } = clockAt(50_000);
  pass(1_000);
  clock.hear(49_500);
  expect(clock.now()).toBe(51_000);
  clock.hear(40_000);
  expect(clock.now()).toBe(40_000);
});
