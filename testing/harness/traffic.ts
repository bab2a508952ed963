import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import type pg from "pg";
import { expect } from "vitest";
import type { RealServer } from "./real-server.ts";

const run = promisify(execFile);

/** Key that the server under test was started with (INIT_API_KEY). */
export const TRAFFIC_KEY = "outage-test-key-0123456789abcdef";
/** Events of one request. */
const BATCH = 500;
/** Growth of the process that counts as bounded, bytes: its queues are, and so is what a garbage collector leaves. */
export const BOUNDED_BYTES = 400 * 1024 * 1024;

/** Requests that were acknowledged, and how often the server asked for patience. */
export interface Traffic {
  acknowledged: number;
  refused: number;
  /** Answers that asked to come again without saying when. */
  withoutRetryAfter: number;
}

export const noTraffic = (): Traffic => ({ acknowledged: 0, refused: 0, withoutRetryAfter: 0 });

const bodyOf = (number: number, now: number): string =>
  Array.from(
    { length: BATCH },
    (_, line) =>
      `{"id":"${number * BATCH + line}","order_no":"N${number}-${line}","gmt_modified":${now},"account_payble":"1.00"}`,
  ).join("\n");

/** Sends one body until it is acknowledged. */
async function deliver(server: RealServer, body: string, traffic: Traffic): Promise<void> {
  for (;;) {
    const answer = await fetch(`${server.address}/ingest/orders`, {
      method: "POST",
      headers: { authorization: `Bearer ${TRAFFIC_KEY}`, "content-type": "application/x-ndjson" },
      body,
    });
    await answer.arrayBuffer();
    if (answer.status === 200) {
      traffic.acknowledged += 1;
      return;
    }
    expect([429, 503]).toContain(answer.status);
    traffic.refused += 1;
    if (!(Number(answer.headers.get("retry-after")) > 0)) traffic.withoutRetryAfter += 1;
    await pause(200);
  }
}

/**
 * Offers so many orders a second while `goesOn`, whatever becomes of them; resolves when all are acknowledged.
 * @returns requests
 */
export async function sendOrders(
  server: RealServer,
  traffic: Traffic,
  perSecond: number,
  goesOn: () => boolean,
): Promise<number> {
  const bodies: Promise<void>[] = [];
  const began = Date.now();
  for (let number = 0; goesOn(); number += 1) {
    bodies.push(deliver(server, bodyOf(number, began), traffic));
    const due = began + ((number + 1) * BATCH * 1_000) / perSecond;
    await pause(Math.max(0, due - Date.now()));
  }
  await Promise.all(bodies);
  return bodies.length;
}

/** Resident memory of the server's process, bytes. */
export async function residentBytes(server: RealServer): Promise<number> {
  const pid = String(server.process.pid);
  if (process.platform !== "linux") return Number((await run("ps", ["-o", "rss=", "-p", pid])).stdout) * 1024;
  return Number(/VmRSS:\s+(\d+) kB/.exec(await readFile(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024;
}

/** Status of /readyz. */
export const readiness = async (server: RealServer): Promise<number> =>
  (await fetch(`${server.address}/readyz`)).status;

/** Every order of these requests counts, once. */
export async function expectAllOrders(db: Pick<pg.ClientBase, "query">, requests: number): Promise<void> {
  const { rows } = await db.query(
    `SELECT (SELECT sum(gross_order_cnt)::int FROM hour_figure) AS counted,
       (SELECT sum(policy_cnt)::int FROM hour_figure) AS policies, (SELECT sum(total_premium) FROM hour_figure) AS premium`,
  );
  const events = requests * BATCH;
  expect(rows).toEqual([{ counted: events, policies: events, premium: `${events}.00` }]);
}
