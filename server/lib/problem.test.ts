import { expect, test } from "vitest";
import { AppError, Conflict, InvalidInput } from "./errors.ts";
import { createLog } from "./log.ts";
import { problemOf } from "./problem.ts";

test.each([
  [new Conflict("x", null), "Somebody was faster"],
  [new AppError("preview_outdated", 409, "x"), "The preview is out of date"],
  [new AppError("not_a_demo", 409, "x"), "Not a demo"],
  [new AppError("role_unchanged", 409, "x"), "Not possible as things stand"],
  [new InvalidInput("x"), "Bad request"],
  [new AppError("constructor", 418, "x"), "Error"],
])("the title of a problem fits its code: %s", (error, title) => {
  expect(problemOf(error, createLog("silent")).body.title).toBe(title);
});
