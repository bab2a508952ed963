import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { LOCKS } from "./locks.ts";

test("each lock has a number of its own, and no file has one beside them", () => {
  const numbers = Object.values(LOCKS);
  expect(new Set(numbers).size).toBe(numbers.length);
  const others = globSync("server/**/*.ts").filter(
    (file) => !/server\/db\/locks/.test(file) && /\b4_715_\d{3}\b/.test(readFileSync(file, "utf8")),
  );
  expect(others).toEqual([]);
});
