import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Scope } from "../contracts/scopes.ts";
import { TooBusy } from "../lib/errors.ts";
import { KeyRates, usualPerMinute } from "./key-rates.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const taken = (rates: KeyRates, key: string, perMinute: number): Promise<number | null> =>
  rates.take(key, perMinute).then(
    () => null,
    (error: unknown) => {
      if (error instanceof TooBusy) return error.retryAfter;
      throw error;
    },
  );

test("a minute's requests are taken, what is beyond waits until the next one begins", async () => {
  const rates = new KeyRates();
  const at = async (seconds: number) => {
    vi.advanceTimersByTime(seconds * 1_000);
    return taken(rates, "key", 2);
  };
  expect(await at(0)).toBeNull();
  expect(await at(20)).toBeNull();
  expect(await at(10)).toBe(30);
  expect(await at(29)).toBe(1);
  expect(await at(1)).toBeNull();
  expect(await at(0)).toBeNull();
  expect(await at(0)).toBe(60);
});

test("each key is counted by itself, by its own limit", async () => {
  const rates = new KeyRates();
  expect(await taken(rates, "one", 1)).toBeNull();
  expect(await taken(rates, "one", 1)).toBe(60);
  expect(await taken(rates, "other", 1)).toBeNull();
});

test.each<[Scope[], number | null]>([
  [["ingest"], null],
  [["replay"], null],
  [["features"], null],
  [["read"], 600],
  [["key-users"], 600],
  [["read", "key-users"], 600],
  [["read", "ingest"], null],
])("a key for %j usually sends %s a minute", (scopes, perMinute) => {
  expect(usualPerMinute(scopes)).toBe(perMinute);
});
