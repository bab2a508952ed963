import { ingest } from "./ingest.ts";

/** Each benchmark of docs' targets by its name; it prints its figures beside its targets. */
const BENCHMARKS: Readonly<Record<string, () => Promise<void>>> = { ingest };

const wanted = process.argv.slice(2);
for (const name of wanted.length > 0 ? wanted : Object.keys(BENCHMARKS)) {
  const benchmark = BENCHMARKS[name];
  if (!benchmark) {
    console.error(`There is no benchmark "${name}". Use one of: ${Object.keys(BENCHMARKS).join(", ")}.`);
    process.exit(2);
  }
  console.log(`${name} …`);
  await benchmark();
}
