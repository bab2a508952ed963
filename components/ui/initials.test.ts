import { expect, test } from "vitest";
import { initials } from "./initials.ts";

test.each([
  ["Lin Wei", "LW"],
  ["Anna Maria Berg", "AB"],
  ["韩梅", "韩"],
  ["ada", "A"],
])("%s is %s", (name, letters) => {
  expect(initials(name)).toBe(letters);
});
