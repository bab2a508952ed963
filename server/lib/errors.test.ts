import { expect, test, vi } from "vitest";
import * as errors from "./errors.ts";
import { createLog } from "./log.ts";
import { problemOf } from "./problem.ts";

/** The module once more, as Next bundles it beside the server's own. */
async function anotherCopy(): Promise<typeof errors> {
  vi.resetModules();
  return import("./errors.ts");
}

test("an error of another copy of the module is known for what it is, and for nothing else", async () => {
  const copy = await anotherCopy();
  const busy = new copy.TooBusy("full", 5);
  expect(copy.TooBusy).not.toBe(errors.TooBusy);
  expect(busy).toBeInstanceOf(errors.AppError);
  expect(busy).toBeInstanceOf(errors.TooBusy);
  expect(busy).not.toBeInstanceOf(errors.Unavailable);
  expect(new copy.Conflict("changed", { version: 2 })).toBeInstanceOf(errors.Conflict);
  for (const other of [new Error("x"), { code: "too_busy" }, null, "too_busy"]) {
    expect(other).not.toBeInstanceOf(errors.AppError);
    expect(other).not.toBeInstanceOf(errors.TooBusy);
  }
});

test("a class of its own is not every error of its family", () => {
  class Special extends errors.AppError {}
  expect(new errors.NotFound("x")).not.toBeInstanceOf(Special);
  expect(new Special("special", 400, "x")).toBeInstanceOf(Special);
});

test("people are told what happened there, and when to come again", async () => {
  const copy = await anotherCopy();
  const log = createLog("silent");
  expect(problemOf(new copy.TooBusy("Other days are being computed; try again.", 5), log)).toMatchObject({
    status: 429,
    headers: { "retry-after": "5" },
    body: { code: "too_busy", detail: "Other days are being computed; try again." },
  });
  expect(problemOf(new copy.Unavailable("away"), log)).toMatchObject({ status: 503 });
  expect(problemOf(new copy.MethodNotAllowed(["GET"]), log)).toMatchObject({
    status: 405,
    headers: { allow: "GET" },
  });
});
