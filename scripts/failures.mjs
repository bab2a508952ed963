import { stripVTControlCharacters } from "node:util";

/** What failed, a line each, read from the reports of the two test runners. */

const firstLine = (text = "") => stripVTControlCharacters(text).trim().split("\n")[0];
const line = (...parts) => parts.filter(Boolean).join(" › ");

/** @param report vitest's JSON report; a file that could not be run has no test of its own. */
export function vitestFailures(report) {
  return report.testResults.flatMap((file) => {
    const tests = file.assertionResults.filter((test) => test.status === "failed");
    if (tests.length === 0 && file.status === "failed") return [line(file.name, firstLine(file.message))];
    return tests.map((test) => line(file.name, test.fullName, firstLine(test.failureMessages[0])));
  });
}

/** @param report Playwright's JSON report: suites within suites, each with its tests. */
export function playwrightFailures(report) {
  const within = (suite) => [
    ...(suite.specs ?? [])
      .filter((spec) => spec.tests.some((test) => test.status === "unexpected"))
      .map((spec) =>
        line(
          `${spec.file}:${spec.line}`,
          spec.title,
          firstLine(spec.tests[0]?.results.at(-1)?.error?.message),
        ),
      ),
    ...(suite.suites ?? []).flatMap(within),
  ];
  const outside = (report.errors ?? []).map((error) => firstLine(error.message));
  return [...(report.suites ?? []).flatMap(within), ...outside];
}
