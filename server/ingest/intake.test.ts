import { expect, test } from "vitest";
import { Intake } from "./intake.ts";

test("bodies are unpacked one after the other, also after one that cannot be", async () => {
  const intake = new Intake();
  let running = 0;
  let most = 0;
  const unpack = (fails: boolean) => async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    if (fails) throw new Error("not whole");
  };
  const outcomes = await Promise.allSettled(
    [false, true, false].map((fails) => intake.inTurn(unpack(fails))),
  );
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(most).toBe(1);
});
