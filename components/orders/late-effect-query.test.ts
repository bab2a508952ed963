import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { lateEffectQuery } from "./late-effect-query.ts";

/** O6: while the day's rows are being written the server says 503; the panel waits for it by itself. */

const EFFECT = { date: "2026-11-22", revision: 1, lateEvents: 2, hours: [] };
const UNWRITTEN = { status: 503, detail: "The day is still being written.", code: "unavailable" };

let asked: number;
beforeEach(() => {
  asked = 0;
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Answers so many times with the refusal, then with the effect. */
function serverThatRefuses(refusals: number, refusal: typeof UNWRITTEN): void {
  vi.stubGlobal("fetch", async () => {
    asked += 1;
    return asked <= refusals ? Response.json(refusal, { status: refusal.status }) : Response.json(EFFECT);
  });
}

const ask = () => new QueryClient().fetchQuery(lateEffectQuery("2026-11-22"));

test("comes by itself once the rows are written, a second after it can", async () => {
  serverThatRefuses(8, UNWRITTEN);
  const effect = ask();
  await vi.advanceTimersByTimeAsync(8_000);
  expect(await effect).toEqual(EFFECT);
});

test("fails when it takes far too long, and then says so", async () => {
  serverThatRefuses(Number.POSITIVE_INFINITY, UNWRITTEN);
  const effect = ask().catch((error: Error) => error.message);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await effect).toBe(UNWRITTEN.detail);
});

test("another failure is told within seconds", async () => {
  serverThatRefuses(Number.POSITIVE_INFINITY, {
    status: 500,
    detail: "Something went wrong.",
    code: "internal",
  });
  const effect = ask().catch((error: Error) => error.message);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(await effect).toBe("Something went wrong.");
});

test("what is wrong for good is told at once", async () => {
  serverThatRefuses(1, { status: 410, detail: "Its orders are not kept any more.", code: "pruned" });
  await expect(ask()).rejects.toThrow("not kept");
  expect(asked).toBe(1);
});
