import { expect, test } from "vitest";
import { FairTurns, type Lane } from "./fair-turns.ts";

/** Works that end when they are told to; `begun` in the order of their turns. */
function turnsUnderTest(turns: FairTurns) {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const ask = (source: string, name = source, lane: Lane = "strangers") =>
    turns.run({ name: source, lane }, () => {
      begun.push(name);
      return new Promise<string>((resolve) => ends.push(() => resolve(name)));
    });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const endOne = async () => {
    ends.shift()?.();
    await settled();
  };
  return { begun, ask, endOne, settled };
}

const LIMITS = { atOnce: 2, waiting: 6, waitingOfOne: 4, refusal: "too many" };

test("no more than two at once, in the order in which they asked", async () => {
  const { begun, ask, endOne } = turnsUnderTest(new FairTurns(LIMITS));
  const all = Promise.all(["a", "b", "c", "d"].map((source) => ask(source)));
  expect(begun).toEqual(["a", "b"]);
  await endOne();
  expect(begun).toEqual(["a", "b", "c"]);
  for (let n = 0; n < 3; n++) await endOne();
  expect(await all).toEqual(["a", "b", "c", "d"]);
});

test("turns go round: who asks often does not delay who asks once", async () => {
  const { begun, ask, endOne } = turnsUnderTest(new FairTurns(LIMITS));
  const all = ["1", "2", "3", "4", "5", "6"].map((name) => ask("flood", name));
  all.push(ask("lin"));
  await endOne();
  await endOne();
  expect(begun).toEqual(["1", "2", "3", "lin"]);
  for (let n = 0; n < 5; n++) await endOne();
  expect(begun).toEqual(["1", "2", "3", "lin", "4", "5", "6"]);
  await Promise.all(all);
});

test("who waits is bounded, of one source and of all; a refused work has not begun", async () => {
  const { begun, ask, endOne } = turnsUnderTest(new FairTurns(LIMITS));
  const kept = [0, 1, 2, 3, 4, 5].map((n) => ask("flood", `${n}`));
  await expect(ask("flood", "one too many")).rejects.toMatchObject({ status: 429, retryAfter: 2 });
  kept.push(ask("lin"), ask("wei"));
  await expect(ask("flood", "one too many")).rejects.toMatchObject({ status: 429 });
  for (let n = 0; n < 8; n++) await endOne();
  await Promise.all(kept);
  expect(begun).not.toContain("one too many");
  expect(begun).toHaveLength(8);
});

test("when all places are taken, a newcomer gets that of who waits most often; among equals it is refused", async () => {
  const { begun, ask, endOne } = turnsUnderTest(new FairTurns(LIMITS));
  const kept = ["0", "1", "2", "3", "4"].map((name) => ask("flood", name));
  const last = ask("flood", "last");
  kept.push(ask("lin"), ask("wei"));
  const refused = expect(last).rejects.toMatchObject({ status: 429, retryAfter: 2 });
  kept.push(ask("he"));
  await refused;
  for (let n = 0; n < 8; n++) await endOne();
  await Promise.all(kept);
  expect(begun).toEqual(["0", "1", "2", "lin", "wei", "he", "3", "4"]);
});

test("however many strangers wait, from however many addresses, who is known has room and the next turn", async () => {
  const { begun, ask, endOne } = turnsUnderTest(new FairTurns(LIMITS));
  const all = ["1", "2", "3", "4", "5", "6", "7", "8"].map((stranger) => ask(stranger));
  await expect(ask("9")).rejects.toMatchObject({ status: 429 });
  all.push(ask("lin", "lin", "known"), ask("wei", "wei", "known"));
  for (let n = 0; n < 4; n++) await endOne();
  // Turn and turn about: the known ones do not keep the others out either.
  expect(begun).toEqual(["1", "2", "lin", "3", "wei", "4"]);
  for (let n = 0; n < 6; n++) await endOne();
  await Promise.all(all);
});

test("the known ones are bounded as well", async () => {
  const { ask, endOne } = turnsUnderTest(new FairTurns(LIMITS));
  const all = Array.from({ length: 6 }, (_, n) => ask("lin", `${n}`, "known"));
  await expect(ask("lin", "one too many", "known")).rejects.toMatchObject({ status: 429 });
  for (let n = 0; n < 6; n++) await endOne();
  await Promise.all(all);
});

test("a work that fails hands its place on", async () => {
  const turns = new FairTurns({ atOnce: 1, waiting: 1, waitingOfOne: 1, refusal: "too many" });
  const failing = turns.run({ name: "a", lane: "strangers" }, () => Promise.reject(new Error("broken")));
  const next = turns.run({ name: "b", lane: "strangers" }, async () => "done");
  await expect(failing).rejects.toThrow("broken");
  expect(await next).toBe("done");
  expect(await turns.run({ name: "c", lane: "strangers" }, async () => "free again")).toBe("free again");
});
