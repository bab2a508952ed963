import { expect, test } from "vitest";
import { freshnessOf, STALE_AFTER_MS } from "./freshness.ts";
import type { LiveSnapshot } from "./live-client.ts";

const live: LiveSnapshot = {
  connection: { name: "live", since: 0 },
  paused: false,
  freshAt: 1_000,
  caughtUp: null,
};

test("connection and age of the data are two things: live with old data is stale all the same", () => {
  expect(freshnessOf(live, 1_800)).toMatchObject({ label: "live", tone: "good", ageMs: 800, isStale: false });
  expect(freshnessOf(live, 1_001 + STALE_AFTER_MS)).toMatchObject({ label: "live", isStale: true });
});

test("paused says so, whatever the connection", () => {
  expect(freshnessOf({ ...live, paused: true }, 2_000)).toMatchObject({ label: "paused", tone: "still" });
});

test("what a return caught up is told for a few seconds", () => {
  const returned = { ...live, caughtUp: { patches: 3, at: 1_000 } };
  expect(freshnessOf(returned, 2_000).caughtUp).toBe(3);
  expect(freshnessOf(returned, 60_000).caughtUp).toBeNull();
  expect(freshnessOf({ ...live, caughtUp: { patches: 0, at: 1_000 } }, 1_500).caughtUp).toBeNull();
});
