import { expect, test } from "@playwright/test";
import { demoUrl } from "./fixtures.ts";
import { API_KEY } from "./people.ts";

/** On a busy machine the past takes minutes. */
const PATIENCE_MS = 240_000;

async function read<T>(path: string): Promise<T> {
  const response = await fetch(`${demoUrl()}${path}`, { headers: { authorization: `Bearer ${API_KEY}` } });
  return (await response.json()) as T;
}

/**
 * Waits until the simulated past has arrived, its cases have been worked, and the demo sends no more than its day does:
 * before that, pictures are empty and both cores are busy. Where there is no demo there is nothing to wait for.
 */
export async function demoHasArrived(): Promise<void> {
  if (process.env.E2E_DEMO === "0") return;
  test.setTimeout(PATIENCE_MS);
  const until = (what: string, value: () => Promise<number>) =>
    expect.poll(value, { message: what, timeout: PATIENCE_MS });
  const closed = () => read<{ items: unknown[] }>("/api/v1/retention/cases?state=closed");
  await until("cases of past days are closed", async () => (await closed()).items.length).toBeGreaterThan(0);
  const today = () => read<{ hours: unknown[] }>("/api/v1/orders/hourly");
  await until("today has begun", async () => (await today()).hours.length).toBeGreaterThan(0);
  const pipeline = () => read<{ streams: { ratePerSecond: number }[] }>("/api/v1/pipeline");
  const rate = async () => (await pipeline()).streams.reduce((sum, stream) => sum + stream.ratePerSecond, 0);
  await until("the past has been sent", rate).toBeLessThan(20);
}
