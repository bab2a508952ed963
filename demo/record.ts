/**
 * Writes what the simulated insurer sends over some days as recorded files, for tests of the whole path:
 *   node demo/record.ts FOLDER [--days 2] [--date 2026-03-09] [--share 0.5] [--seed 7] [--zone Asia/Shanghai]
 * --clean leaves malformed lines out. --share keeps the lines of that part of the customers, whole histories each.
 * orders, premium-changes, page-views in order of arrival, and key-users with their first baselines, each .ndjson.gz.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { addDays, BusinessTime } from "../server/contracts/business-time.ts";
import { STREAM_NAMES, streamPath } from "../server/contracts/streams.ts";
import { simulateDay } from "./day.ts";
import { keyUserCsv } from "./key-users.ts";
import { hashFraction } from "./random.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    days: { type: "string", default: "2" },
    share: { type: "string", default: "0.5" },
    date: { type: "string", default: "2026-03-09" },
    seed: { type: "string", default: "7" },
    zone: { type: "string", default: "Asia/Shanghai" },
    clean: { type: "boolean", default: false },
  },
});
const [folder] = positionals;
if (folder === undefined) throw new Error("Name the folder to write to: node demo/record.ts FOLDER");
const seed = Number(values.seed);
const time = new BusinessTime(values.zone);
const dates = Array.from({ length: Number(values.days) }, (_, day) => addDays(values.date, day));
// With the events' own clock a line from the future would carry the clock with it, so it is left out.
const lines = dates
  .flatMap((date) => simulateDay(seed, date, time))
  .filter(({ flaw, line }) => flaw !== "event_in_future" && !(values.clean && flaw) && isKept(line))
  .sort((a, b) => a.at - b.at);

function isKept(line: string): boolean {
  const [, customer] = /"(?:account_)?id":"?(\d+)/.exec(line) ?? [];
  return hashFraction(seed, "share", customer ?? line) < Number(values.share);
}

mkdirSync(folder, { recursive: true });
for (const stream of STREAM_NAMES) {
  const own = lines.filter((line) => line.stream === stream);
  write(
    streamPath(stream),
    own.map(({ line, flaw }) => Buffer.from(`${line}\n`, flaw === "bad_utf8" ? "latin1" : "utf8")),
  );
}
const keyUsers = keyUserCsv(seed, values.date).trim().split("\n").slice(1);
write(
  "key-users",
  keyUsers.map((row) => {
    const [id, raw_premium, raw_info] = row.split(",");
    return Buffer.from(`${JSON.stringify({ id: Number(id), raw_premium, raw_info })}\n`);
  }),
);

function write(name: string, chunks: readonly Buffer[]): void {
  const path = join(folder ?? "", `${name}.ndjson.gz`);
  const packed = gzipSync(Buffer.concat(chunks), { level: 9 });
  writeFileSync(path, packed);
  console.log(`${path}: ${chunks.length} lines, ${packed.length} bytes`);
}
