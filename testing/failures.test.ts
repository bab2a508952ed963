import { expect, test } from "vitest";
import { playwrightFailures, vitestFailures } from "#scripts/failures.mjs";

test("a failed test of vitest is told with its file, its name and the first line of what was wrong", () => {
  const failed = {
    status: "failed",
    fullName: "adds up",
    failureMessages: ["\u001b[31mexpected 1\u001b[39m\n  at x"],
  };
  const passed = { status: "passed", fullName: "is there", failureMessages: [] };
  const report = {
    testResults: [
      { name: "a.test.ts", status: "failed", message: "", assertionResults: [passed, failed] },
      { name: "b.test.ts", status: "failed", message: "no such module\n…", assertionResults: [] },
      { name: "c.test.ts", status: "passed", message: "", assertionResults: [passed] },
    ],
  };
  expect(vitestFailures(report)).toEqual(["a.test.ts › adds up › expected 1", "b.test.ts › no such module"]);
});

test("a failed test of Playwright is told, however deep it stands; one that passed at last is none", () => {
  const spec = (title: string, status: string) => ({
    title,
    file: "board.spec.ts",
    line: 7,
    tests: [{ status, results: [{ error: { message: "not seen\nmore" } }] }],
  });
  const report = {
    suites: [{ suites: [{ specs: [spec("is live", "unexpected")] }], specs: [spec("is calm", "flaky")] }],
    errors: [{ message: "no browser" }],
  };
  expect(playwrightFailures(report)).toEqual(["board.spec.ts:7 › is live › not seen", "no browser"]);
});
