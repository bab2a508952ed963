import { expect, test } from "vitest";
import { FairTurns } from "./fair-turns.ts";

/** Works that end when they are told to; `begun` in the order of their turns. */
function desk(turns: FairTurns) {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const ask = (source: string, name = source, isKnown = false) =>
    turns.run({ source, isKnown }, () => {
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

const LIMITS = { atOnce: 2, waiting: 6, waitingOfOne: 4 };

test("no more than two at once, in the order in which they asked", async () => {
  const { begun, ask, endOne } = desk(new FairTurns(LIMITS));
  const all = Promise.all(["a", "b", "c", "d"].map((source) => ask(source)));
  expect(begun).toEqual(["a", "b"]);
  await endOne();
  expect(begun).toEqual(["a", "b", "c"]);
  for (let n = 0; n < 3; n++) await endOne();
  expect(await all).toEqual(["a", "b", "c", "d"]);
});

test("turns go round: who asks often does not delay who asks once", async () => {
  const { begun, ask, endOne } = desk(new FairTurns(LIMITS));
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
  const { begun, ask, endOne } = desk(new FairTurns(LIMITS));
  const kept = [0, 1, 2, 3, 4, 5].map((n) => ask("flood", `${n}`));
  await expect(ask("flood", "one too many")).rejects.toMatchObject({ status: 429, retryAfter: 2 });
  kept.push(ask("lin"), ask("wei"));
  await expect(ask("flood", "and another")).rejects.toMatchObject({ status: 429 });
  for (let n = 0; n < 8; n++) await endOne();
  await Promise.all(kept);
  expect(begun).not.toContain("one too many");
  expect(begun).toHaveLength(8);
});

test("when all places are taken, a newcomer gets that of who waits most often; among equals it is refused", async () => {
  const { begun, ask, endOne } = desk(new FairTurns(LIMITS));
  const kept = ["0", "1", "2", "3", "4"].map((name) => ask("flood", name));
  const last = ask("flood", "last");
  kept.push(ask("lin"), ask("wei"));
  const refused = expect(last).rejects.toMatchObject({ status: 429, retryAfter: 2 });
  kept.push(ask("he"));
  await refused;
  for (let n = 0; n < 8; n++) await endOne();
  await Promise.all(kept);
  expect(begun).toEqual(["0", "1", "2", "lin", "wei", "he", "3", "4"]);

  const full = desk(new FairTurns(LIMITS));
  const all = ["a", "b", "c", "d", "e", "f", "g", "h"].map((source) => full.ask(source));
  await expect(full.ask("one more")).rejects.toMatchObject({ status: 429 });
  for (let n = 0; n < 8; n++) await full.endOne();
  await Promise.all(all);
});

test("a known browser is next, however many strangers wait", async () => {
  const { begun, ask, endOne } = desk(new FairTurns(LIMITS));
  const all = ["a", "b", "c", "d", "e", "f", "g", "h"].map((source) => ask(source));
  all.push(ask("browser of lin", "lin", true));
  await endOne();
  expect(begun).toEqual(["a", "b", "lin"]);
  for (let n = 0; n < 8; n++) await endOne();
  expect(await Promise.all(all)).toHaveLength(9);
});

test("a work that fails hands its place on", async () => {
  const turns = new FairTurns({ atOnce: 1, waiting: 1, waitingOfOne: 1 });
  const failing = turns.run({ source: "a" }, () => Promise.reject(new Error("broken")));
  const next = turns.run({ source: "b" }, async () => "done");
  await expect(failing).rejects.toThrow("broken");
  expect(await next).toBe("done");
  expect(await turns.run({ source: "c" }, async () => "free again")).toBe("free again");
});
