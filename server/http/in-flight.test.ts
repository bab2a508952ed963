import { expect, test } from "vitest";
import { InFlight } from "./in-flight.ts";

test("so many of one name are answered at once, and the others are told to come again; another name is not held up", async () => {
  const inFlight = new InFlight();
  const gate = Promise.withResolvers<string>();
  const held = [1, 2].map(() => inFlight.run("lin", 2, () => gate.promise));
  await expect(inFlight.run("lin", 2, async () => "third")).rejects.toMatchObject({
    code: "too_busy",
    status: 429,
  });
  expect(await inFlight.run("he", 2, async () => "another")).toBe("another");
  gate.resolve("done");
  expect(await Promise.all(held)).toEqual(["done", "done"]);
  expect(await inFlight.run("lin", 2, async () => "again")).toBe("again");
});

test("what fails makes room as well", async () => {
  const inFlight = new InFlight();
  const fail = () => inFlight.run("lin", 1, () => Promise.reject(new Error("no")));
  await expect(fail()).rejects.toThrow("no");
  await expect(fail()).rejects.toThrow("no");
});
