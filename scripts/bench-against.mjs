// Benchmarks of this checkout against those of another commit, in turns on one machine:
//   npm run bench:against -- COMMIT [--pairs 10] NAME …
// Each pair runs both, in changing order; what is compared is each figure's own median of a run. Says of each figure the ratio of
// ours to theirs with its 95 % interval. The other commit is checked out under artifacts/, set up once and kept.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { browser } from "./browser.mjs";
import { fail, ROOT, say } from "./console.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { pairs: { type: "string", default: "10" } },
});
const [commit, ...names] = positionals;
const pairs = Number(values.pairs);
if (!commit || names.length === 0 || !Number.isInteger(pairs) || pairs < 2) {
  fail("Write: npm run bench:against -- COMMIT [--pairs 10] NAME …");
}

const theirs = checkedOut(commit);
/** Both draw with the same browser, whichever each would find. */
const env = { ...process.env, CHROMIUM_PATH: await browser() };
/** By figure: the logarithms of ours / theirs, a pair each. */
const ratios = new Map();
for (let pair = 1; pair <= pairs; pair++) {
  for (const name of names) {
    const order = pair % 2 === 0 ? [ROOT, theirs] : [theirs, ROOT];
    const runs = new Map(order.map((folder) => [folder, figuresOf(folder, name)]));
    for (const [figure, ours] of runs.get(ROOT)) {
      const other = runs.get(theirs).get(figure);
      if (!(ours > 0 && other > 0)) continue;
      ratios.set(figure, [...(ratios.get(figure) ?? []), Math.log(ours / other)]);
    }
  }
  say(`pair ${pair} of ${pairs}`);
}
for (const [figure, logs] of ratios) say(lineOf(figure, logs));

/** A worktree of the commit. */
function checkedOut(name) {
  const id = execFileSync("git", ["rev-parse", "--short", `${name}^{commit}`], {
    cwd: ROOT,
    encoding: "utf8",
  }).trim();
  const folder = join(ROOT, "artifacts", "against", id);
  if (!existsSync(folder)) {
    mkdirSync(join(ROOT, "artifacts", "against"), { recursive: true });
    execFileSync("git", ["worktree", "add", "--detach", folder, id], { cwd: ROOT, stdio: "ignore" });
  }
  return folder;
}

/** Runs one benchmark in a checkout; the figures that it keeps, by their names. */
function figuresOf(folder, name) {
  execFileSync(process.execPath, ["scripts/run.mjs", "bench", name], { cwd: folder, env, stdio: "ignore" });
  const kept = JSON.parse(readFileSync(join(folder, "artifacts", "bench", `${name}.json`), "utf8"));
  if (kept.skipped) fail(`${name} cannot run here: ${kept.skipped}`);
  return new Map(kept.findings.map(({ name: figure, ours }) => [figure, ours.median]));
}

/** Geometric mean of the ratios, with Student's interval of their logarithms. */
function lineOf(figure, logs) {
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const variance = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / (logs.length - 1);
  const half = studentsT(logs.length - 1) * Math.sqrt(variance / logs.length);
  const [ratio, low, high] = [mean, mean - half, mean + half].map((log) => Math.exp(log).toFixed(3));
  return `${figure}: ${ratio} × [${low} – ${high}], ${logs.length} pairs`;
}

/** Two-sided 95 % quantile; beyond 30 degrees of freedom that of the normal distribution, nearly. */
function studentsT(degrees) {
  const table = [
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
    2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
  ];
  return table[degrees - 1] ?? 1.98;
}
