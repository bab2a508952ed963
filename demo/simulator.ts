import { setTimeout as wait } from "node:timers/promises";
import { keyUsersPage } from "../server/contracts/api/key-users.ts";
import { pipelineStatus } from "../server/contracts/api/pipeline.ts";
import { addDays, BusinessTime } from "../server/contracts/business-time.ts";
import { workOnCases } from "./case-work.ts";
import { Client } from "./client.ts";
import { keyUserCsv } from "./key-users.ts";
import { nextStep, sendBetween } from "./send.ts";
import type { DemoSettings, Say } from "./settings.ts";
import { Timeline } from "./timeline.ts";

/** Days before today that are there from the first minute. */
const HISTORY_DAYS = 14;
/** Days before today at whose start the demo's manager has worked on what was new. */
const WORK_DAYS = [5, 1];
const TICK_MS = 1_000;

/** The simulated insurer: its past, then its present until the signal aborts. Started again, it goes on where it was. */
export async function simulate(settings: DemoSettings, say: Say, signal: AbortSignal): Promise<void> {
  const { baseUrl, apiKey, seed, speed } = settings;
  const client = new Client({ baseUrl, credentials: { authorization: `Bearer ${apiKey}` }, say, signal });
  const time = new BusinessTime(settings.zone);
  const today = time.dateOf(Date.now());
  const firstDate = addDays(today, -HISTORY_DAYS);
  const timeline = new Timeline(seed, time, firstDate);

  const resumeAt = await reached(client);
  let at = Math.max(resumeAt ?? 0, time.startOf(firstDate));
  if (resumeAt === null) {
    await listKeyUsers(client, seed, firstDate);
    for (const days of WORK_DAYS) {
      const morning = time.startOf(addDays(today, -days));
      await sendHistory(client, timeline, at, morning, say);
      await workOnCases(settings, say, signal);
      at = morning;
    }
  }
  const handOver = Math.max(at, speed > 1 ? time.startOf(today) : Date.now() - TICK_MS);
  await sendHistory(client, timeline, at, handOver, say);
  await live(client, timeline, handOver, speed, signal);
}

/** Up to when every stream has been sent, ms; null: nothing has. */
async function reached(client: Client): Promise<number | null> {
  const { streams } = await client.get("/api/v1/pipeline", pipelineStatus);
  const watermarks = streams.map(({ watermark }) => (watermark === null ? null : Date.parse(watermark)));
  if (watermarks.includes(null)) return null;
  return Math.min(Date.now(), ...watermarks.map(Number));
}

/** Loads the key-user list of the first date, unless there is one. */
async function listKeyUsers(client: Client, seed: number, date: string): Promise<void> {
  const { items } = await client.get("/api/v1/key-users?status=all&limit=1", keyUsersPage);
  if (items.length > 0) return;
  await client.request("/api/v1/key-users/imports", {
    method: "POST",
    headers: { "content-type": "text/csv" },
    body: keyUserCsv(seed, date),
  });
}

async function sendHistory(
  client: Client,
  timeline: Timeline,
  from: number,
  to: number,
  say: Say,
): Promise<void> {
  const began = performance.now();
  let lines = 0;
  for (let at = from; at < to; at = nextStep(at)) {
    lines += await sendBetween(client, timeline, at, Math.min(to, nextStep(at)));
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  say({ level: "info", message: `demo: sent ${lines} past events in ${seconds} s` });
}

/** Goes on second by second; after a pause of any kind it first catches up, step by step. */
async function live(
  client: Client,
  timeline: Timeline,
  from: number,
  speed: number,
  signal: AbortSignal,
): Promise<void> {
  const began = Date.now();
  for (let at = from; ; ) {
    const simulated = from + (Date.now() - began) * speed;
    const upTo = Math.min(Date.now(), simulated, nextStep(at));
    if (upTo > at) await sendBetween(client, timeline, at, upTo);
    at = Math.max(at, upTo);
    await wait(TICK_MS, undefined, { signal });
  }
}
