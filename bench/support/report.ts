import { mkdir, writeFile } from "node:fs/promises";
import { arch, cpus, platform, totalmem } from "node:os";
import { join } from "node:path";
import { short } from "./figures.ts";
import type { Finding, Side, Target } from "./finding.ts";

const ARTIFACTS = join(import.meta.dirname, "../../artifacts/bench");

/** What a benchmark brings: its figures, or why it cannot run here. */
export type Outcome = readonly Finding[] | { readonly skipped: string };

/** One line a figure: both sides, the ratio, the target, and whether it is met. */
export function lineOf(finding: Finding): string {
  const { name, ours, against, figure, met } = finding;
  const sides = against ? `${sideText(ours)} against ${sideText(against)}` : sideText(ours);
  const measured = against ? `${short(figure)} ×` : `${short(figure)} ${ours.unit}`;
  return `${met ? "✓" : "✗"} ${name}: ${measured} (target ${targetText(finding)}) — ${sides}`;
}

function sideText({ what, unit, values, median }: Side): string {
  const spread = values.length > 1 ? ` [${short(Math.min(...values))} – ${short(Math.max(...values))}]` : "";
  return `${what} ${short(median)} ${unit}${spread}`;
}

function targetText({ target, against, ours }: Finding): string {
  return `${boundText(target)} ${against ? "×" : ours.unit}`;
}

const boundText = (target: Target) =>
  "atLeast" in target ? `≥ ${short(target.atLeast)}` : `≤ ${short(target.atMost)}`;

/** The table at the end of a run. */
export function tableOf(outcomes: ReadonlyMap<string, Outcome>): string {
  const rows = [...outcomes].flatMap(([benchmark, outcome]) =>
    "skipped" in outcome
      ? [[benchmark, "skipped", "", outcome.skipped]]
      : outcome.map((finding) => [
          finding.name,
          finding.against ? `${short(finding.figure)} ×` : `${short(finding.figure)} ${finding.ours.unit}`,
          targetText(finding),
          finding.met ? "met" : "NOT MET",
        ]),
  );
  const heads = ["benchmark", "measured", "target", ""];
  const widths = heads.map((head, column) =>
    Math.max(
      head.length,
      ...rows.filter((row) => row[1] !== "skipped").map((row) => row[column]?.length ?? 0),
    ),
  );
  return [heads, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** Keeps a benchmark's outcome, with every single value and the machine, under artifacts/bench. */
export async function keep(benchmark: string, outcome: Outcome): Promise<void> {
  await mkdir(ARTIFACTS, { recursive: true });
  const kept = { benchmark, at: new Date().toISOString(), machine: machine(), ...outcomeOf(outcome) };
  await writeFile(join(ARTIFACTS, `${benchmark}.json`), `${JSON.stringify(kept, null, 2)}\n`);
}

const outcomeOf = (outcome: Outcome) => ("skipped" in outcome ? outcome : { findings: outcome });

/** What the figures hold for. */
export function machine() {
  const processors = cpus();
  return {
    processor: processors[0]?.model.trim() ?? "unknown",
    processors: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${platform()} ${arch()}`,
    node: process.version,
  };
}
