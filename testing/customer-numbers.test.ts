import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { expect, test } from "vitest";

/** A customer's number in a spec, as a number or inside a text; not an amount. */
const CUSTOMER = /\b8\d\d_?\d{3}\b(?![.\d])/g;

test("the browser's specs share one system: each has a thousand of customer numbers of its own", () => {
  const owners = new Map<string, Set<string>>();
  for (const path of globSync("e2e/*.spec.ts")) {
    for (const [number] of readFileSync(path, "utf8").matchAll(CUSTOMER)) {
      const thousand = `${number.slice(0, 3)}xxx`;
      owners.set(thousand, (owners.get(thousand) ?? new Set()).add(basename(path)));
    }
  }
  const shared = [...owners].filter(([, specs]) => specs.size > 1);
  expect(owners.size).toBeGreaterThan(5);
  expect(shared.map(([thousand, specs]) => `${thousand}: ${[...specs].join(", ")}`)).toEqual([]);
});
