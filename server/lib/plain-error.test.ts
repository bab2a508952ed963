import { expect, test } from "vitest";
import { AppError, Conflict, InvalidInput, TooBusy, TooLarge, Unavailable } from "./errors.ts";
import { errorOf, plainOf } from "./plain-error.ts";

test.each<AppError>([
  new InvalidInput("empty"),
  new Conflict("changed", null),
  new TooBusy("full"),
  new TooLarge("too many lines"),
  new Unavailable("away"),
  new AppError("pruned", 410, "not kept any more"),
])("$name keeps its kind from thread to thread", (error) => {
  expect(errorOf(plainOf(error), "thread")).toEqual(error);
});

test("what is no error of ours names the thread that failed", () => {
  expect(errorOf(plainOf(new RangeError("out")), "day worker").message).toMatch(
    /^the day worker failed: .*out/s,
  );
  expect(errorOf(plainOf("text"), "day worker")).toEqual(new Error("the day worker failed: text"));
});
