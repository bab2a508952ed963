import { expect, test } from "vitest";
import { freshnessOf, STALE_AFTER_MS } from "./freshness.ts";
import type { LiveSnapshot } from "./live-client.ts";

const live: LiveSnapshot = {
  connection: { name: "live", since: 0 },
  pausedAt: null,
  waiting: 0,
  freshAt: 1_000,
  caughtUp: null,
};

test("connection and age of the data are two things: live with old data is stale all the same", () => {
  expect(freshnessOf(live, 1_800)).toMatchObject({ label: "live", tone: "good", ageMs: 800, isStale: false });
  expect(freshnessOf(live, 1_001 + STALE_AFTER_MS)).toMatchObject({ label: "live", isStale: true });
});

test("paused says so, whatever the connection, and everything stays at that instant, dimmed (C14)", () => {
  const paused = { ...live, pausedAt: 1_500 };
  for (const connection of ["live", "reconnecting", "offline"] as const) {
    const seen = freshnessOf({ ...paused, connection: { name: connection, since: 0 } }, 900_000);
    expect(seen).toMatchObject({ label: "paused", tone: "still", isStale: true, instant: 1_500 });
  }
});

test("live is of now; offline or silent is of when the server was last heard (C14)", () => {
  expect(freshnessOf(live, 1_800).instant).toBe(1_800);
  expect(freshnessOf(live, 900_000)).toMatchObject({ isStale: true, instant: 1_000 });
  const offline = { ...live, connection: { name: "offline", since: 1_200 } } as const;
  expect(freshnessOf(offline, 1_800)).toMatchObject({ isStale: true, instant: 1_000 });
  const reconnecting = { ...live, connection: { name: "reconnecting", since: 1_200 } } as const;
  expect(freshnessOf(reconnecting, 1_800)).toMatchObject({ isStale: false, instant: 1_000 });
});

test("what a return caught up is told for a few seconds", () => {
  const returned = { ...live, caughtUp: { patches: 3, at: 1_000 } };
  expect(freshnessOf(returned, 2_000).caughtUp).toBe(3);
  expect(freshnessOf(returned, 60_000).caughtUp).toBeNull();
  expect(freshnessOf({ ...live, caughtUp: { patches: 0, at: 1_000 } }, 1_500).caughtUp).toBeNull();
});
