import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { MINUS, withMinus } from "./minus.ts";

test("what is below zero has one sign", () => {
  expect(withMinus("-35,942.70")).toBe("−35,942.70");
  expect(withMinus("+35.00")).toBe("+35.00");
  expect(MINUS).toBe("−");
});

test("no other place formats money", () => {
  const files = readdirSync("components", { recursive: true, encoding: "utf8" }).filter(
    (name) => /\.tsx?$/.test(name) && !name.includes(".test."),
  );
  const own = files.filter((name) =>
    readFileSync(join("components", name), "utf8").includes("NumberFormat("),
  );
  expect(own).toEqual(["ui/use-money.ts"]);
});
