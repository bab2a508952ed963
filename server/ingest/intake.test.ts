import { expect, test } from "vitest";
import { LIMITS } from "../reader/limits.ts";
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

test("bodies of one sender that never end leave half of the room to the others, and their own back when they end", () => {
  const intake = new Intake();
  const half = LIMITS.intakeBytes / 2;
  intake.hold("slow", half);
  expect(() => intake.hold("slow", 1)).toThrow(expect.objectContaining({ status: 429 }));
  intake.hold("other", half);
  expect(() => intake.hold("third", 1)).toThrow(expect.objectContaining({ status: 429 }));
  intake.release("slow", half);
  intake.hold("slow", 1);
  intake.release("slow", 1);
  intake.hold("third", half);
});
