import { ack } from "./ack.ts";
import { engine } from "./engine.ts";
import { fanout } from "./fanout.ts";
import { feature } from "./feature.ts";
import { flink } from "./flink.ts";
import { growth } from "./growth.ts";
import { ingest } from "./ingest.ts";
import { memory } from "./memory.ts";
import { parse } from "./parse.ts";
import { nodes, pixel } from "./pixel.ts";
import { queue } from "./queue.ts";
import { quiet } from "./quiet.ts";
import { replay } from "./replay.ts";
import { restart } from "./restart.ts";
import { keep, lineOf, machine, type Outcome, tableOf } from "./support/report.ts";
import { web } from "./web.ts";

/** Each benchmark by its name: what it measured beside its targets, or why it cannot run here. */
const BENCHMARKS: Readonly<Record<string, () => Promise<Outcome>>> = {
  engine,
  parse,
  growth,
  memory,
  ingest,
  ack,
  flink,
  restart,
  replay,
  quiet,
  fanout,
  pixel,
  nodes,
  web,
  feature,
  queue,
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(BENCHMARKS, name));
if (unknown !== undefined) {
  console.error(`There is no benchmark "${unknown}". Use one of: ${Object.keys(BENCHMARKS).join(", ")}.`);
  process.exit(2);
}

const { processor, processors, memoryGiB, node } = machine();
console.log(`${processors} × ${processor}, ${memoryGiB} GiB, Node.js ${node}`);
const outcomes = new Map<string, Outcome>();
for (const [name, benchmark] of Object.entries(BENCHMARKS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n${name} …`);
  await run(name, benchmark);
}
if (outcomes.size > 1) console.log(`\n${tableOf(outcomes)}`);

/** A benchmark that breaks says so and lets the next one run. */
async function run(name: string, benchmark: () => Promise<Outcome>): Promise<void> {
  try {
    const outcome = await benchmark();
    outcomes.set(name, outcome);
    await keep(name, outcome);
    for (const line of "skipped" in outcome ? [`skipped: ${outcome.skipped}`] : outcome.map(lineOf))
      console.log(line);
  } catch (error) {
    process.exitCode = 1;
    console.error(`✗ ${name} broke off:`, error);
  }
}
