import { parseBatch } from "../server/ingest/parse-batch.ts";
import { cpuSeconds } from "./support/cpu.ts";
import { comparison, type Pair } from "./support/finding.ts";
import { bodiesOf, makeOrders } from "./support/orders.ts";
import type { Outcome } from "./support/report.ts";

const PAIRS = 5;
const ORDERS = 200_000;
const USERS = 100_000;
const ORDERS_A_BODY = 2_000;
const NEWLINE = 0x0a;

/** NDJSON bytes → validated orders with exact money, against a bare JSON.parse of each line. */
export async function parse(): Promise<Outcome> {
  const now = Date.now();
  const pairs: Pair[] = [];
  for (let run = 0; run <= PAIRS; run++) {
    const bodies = bodiesOf(makeOrders(ORDERS, { run, now, users: USERS }), ORDERS_A_BODY);
    const ours = ORDERS / (await cpuSeconds(() => validated(bodies, now)));
    const against = ORDERS / (await cpuSeconds(() => parsed(bodies)));
    if (run > 0) pairs.push({ ours, against }); // the first warms both sides up
  }
  const unit = "lines/CPU-s";
  return [
    comparison("parse", { unit, ours: "parse", against: "JSON.parse", target: { atLeast: 0.8 } }, pairs),
  ];
}

async function validated(bodies: readonly Buffer[], now: number): Promise<void> {
  for (const body of bodies) await parseBatch("orders", "ndjson", body, { kind: "wall", now, skewMs: 0 });
}

function parsed(bodies: readonly Buffer[]): void {
  for (const body of bodies) {
    for (let start = 0; start < body.length; ) {
      const end = body.indexOf(NEWLINE, start);
      JSON.parse(body.toString("utf8", start, end));
      start = end + 1;
    }
  }
}
