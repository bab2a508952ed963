import { expect, test } from "vitest";
import { type AppError, Conflict, InvalidInput, TooBusy, TooLarge, Unavailable } from "../lib/errors.ts";
import { errorOf, refusalOf } from "./refusal.ts";

test.each<AppError>([
  new InvalidInput("empty"),
  new Conflict("changed", null),
  new TooBusy("full"),
  new TooLarge("too many lines"),
  new Unavailable("away"),
])("$name keeps its kind from thread to thread", (error) => {
  expect(errorOf(refusalOf(error))).toEqual(error);
});
