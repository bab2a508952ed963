import { expect, test } from "vitest";
import { AudienceMonitor } from "./audience-monitor.ts";

const START = Date.UTC(2026, 10, 22, 6, 0, 0);

/** A monitor over readings that count up, under a clock that the test moves. */
function monitored() {
  const clock = { now: START };
  let reads = 0;
  const read = async () => {
    reads += 1;
    const byType = [{ pageType: "home", accounts: reads }];
    return {
      windowMinutes: 15,
      accounts: reads,
      byType,
      byPage: [],
      snapshot: { epoch: "e", position: reads },
    };
  };
  return { clock, monitor: new AudienceMonitor(read, () => clock.now) };
}

test("however many ask, the database is read once a second", async () => {
  const { clock, monitor } = monitored();
  const answers = await Promise.all(Array.from({ length: 50 }, () => monitor.current()));
  expect(new Set(answers.map(({ accounts }) => accounts))).toEqual(new Set([1]));
  clock.now += 1_000;
  expect((await monitor.current()).accounts).toBe(2);
});

test("remembers one reading a minute, for an hour", async () => {
  const { clock, monitor } = monitored();
  for (let half = 0; half < 240; half++) {
    await monitor.current();
    clock.now += 30_000;
  }
  const { movement } = await monitor.current();
  expect(movement).toHaveLength(60);
  expect(movement.at(-1)?.at).toBe(new Date(START + 120 * 60_000).toISOString());
  expect(movement[0]?.at).toBe(new Date(START + 61 * 60_000).toISOString());
});

test("a reading that failed is not kept, and a reset starts anew", async () => {
  let fails = true;
  const reading = {
    windowMinutes: 15,
    accounts: 1,
    byType: [{ pageType: "home", accounts: 1 }],
    byPage: [],
    snapshot: { epoch: "e", position: 1 },
  };
  const monitor = new AudienceMonitor(
    () => (fails ? Promise.reject(new Error("away")) : Promise.resolve(reading)),
    () => START,
  );
  await expect(monitor.current()).rejects.toThrow("away");
  fails = false;
  expect((await monitor.current()).movement).toHaveLength(1);
  monitor.reset();
  expect((await monitor.current()).movement).toHaveLength(1);
});

test("an empty house at the beginning is not remembered as one", async () => {
  const empty = {
    windowMinutes: 15,
    accounts: 0,
    byType: [],
    byPage: [],
    snapshot: { epoch: "e", position: 1 },
  };
  const monitor = new AudienceMonitor(
    async () => empty,
    () => START,
  );
  expect((await monitor.current()).movement).toEqual([]);
});
