// Every check, stage after stage, each on as many workers as it keeps busy; closes with one plain line of counts.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pinnedNode, ROOT, say } from "./console.mjs";
import { playwrightFailures, vitestFailures } from "./failures.mjs";
import { scratch } from "./scratch.mjs";
import { verify } from "./verify.mjs";

const REPORTS = join(ROOT, "artifacts", "reports");
const SCRATCH = scratch();

/** Runs with the terminal's own output. @returns {Promise<number>} exit code */
function run(args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(pinnedNode(), args, {
      cwd: ROOT,
      stdio: "inherit",
      env: { ...process.env, ...SCRATCH, ...env },
    });
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

/** A runner that ended without its report, or badly although no test failed, counts as one failure. */
function counted(code, counts) {
  if (!counts) return { passed: 0, failed: 1, skipped: 0, failures: ["the runner ended without its report"] };
  if (code === 0 || counts.failed > 0) return counts;
  const why = `the runner ended with ${code} although no test failed`;
  return { ...counts, failed: 1, failures: [...counts.failures, why] };
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

async function vitest() {
  const file = join(REPORTS, "vitest.json");
  const code = await run([
    "node_modules/vitest/vitest.mjs",
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${file}`,
  ]);
  const report = readJson(file);
  return counted(
    code,
    report && {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests,
      failures: vitestFailures(report),
    },
  );
}

/** @param {"together" | "alone"} project of e2e/playwright.config.ts */
async function playwright(project, args = [], env = {}) {
  const file = join(REPORTS, `playwright-${project}.json`);
  const code = await run(
    [
      "node_modules/@playwright/test/cli.js",
      "test",
      "--config",
      "e2e/playwright.config.ts",
      `--project=${project}`,
      ...args,
    ],
    { PLAYWRIGHT_JSON_OUTPUT_NAME: file, ...env },
  );
  const report = readJson(file);
  return counted(
    code,
    report && {
      passed: report.stats.expected + report.stats.flaky,
      failed: report.stats.unexpected,
      skipped: report.stats.skipped,
      failures: playwrightFailures(report),
    },
  );
}

async function staticChecks() {
  const results = await verify();
  const failures = results.filter((result) => !result.ok).map((result) => result.name);
  return { passed: results.length - failures.length, failed: failures.length, skipped: 0, failures };
}

rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });
const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
for (const [title, stage] of [
  ["Static checks", staticChecks],
  ["Unit, property, database and recorded-data tests", vitest],
  ["End to end in Chromium", () => playwright("together")],
  [
    "How soon and how calmly, alone in Chromium",
    () => playwright("alone", ["--workers=1"], { E2E_DEMO: "0" }),
  ],
]) {
  const started = Date.now();
  say(`\n── ${title}`);
  const counts = await stage();
  for (const key of Object.keys(total)) total[key] += counts[key];
  failures.push(...counts.failures.map((failure) => `${title}: ${failure}`));
  say(
    `── ${title}: ${counts.passed} passed, ${counts.failed} failed in ${Math.round((Date.now() - started) / 1000)} s`,
  );
}
// Once more at the end: what failed early has long left the screen.
for (const failure of failures) console.log(`✗ ${failure}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
