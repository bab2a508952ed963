import { expect, test } from "vitest";
import { Intake } from "./intake.ts";

test("large bodies are unpacked one after the other, also after one that cannot be", async () => {
  const intake = new Intake();
  let running = 0;
  let most = 0;
  const unpack = async (fails: boolean) => {
    const leave = await intake.turn();
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    leave();
    if (fails) throw new Error("not whole");
  };
  const outcomes = await Promise.allSettled([false, true, false].map(unpack));
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(most).toBe(1);
});
