import fc from "fast-check";
import { afterAll, beforeAll, test } from "vitest";
import { INSTANTS, zone } from "../factories/arbitraries.ts";
import { startTestServer, type TestServer } from "../harness/writer-harness.ts";
import { commands, importList } from "../model/commands.ts";
import { Journal } from "../model/journal.ts";
import { expectTablesAtRest } from "../model/tables.ts";
import { World } from "../model/world.ts";

/**
 * C3, C6–C12, K2–K9, O1–O7, P1–P3: whatever is sent, sent again or late, whatever people do, whenever the clock jumps, the
 * system restarts, loses its lease or its connections: after each step the tables are those of the naive journal.
 * A failure prints seed, path and the commands; FC_SEED, FC_PATH and the printed replayPath in FC_REPLAY run it again.
 */

const CLOSE_AFTER_HOURS = 24;
const HOUR_MS = 3_600_000;
const RUNS = {
  numRuns: process.env.LONG ? 2_000 : 30,
  // Also ends the search for a smaller counterexample, so that the one found is printed.
  interruptAfterTimeLimit: (process.env.LONG ? 60 : 4) * 60_000,
  markInterruptAsFailure: true,
  ...(process.env.FC_SEED ? { seed: Number(process.env.FC_SEED) } : {}),
  ...(process.env.FC_PATH ? { path: process.env.FC_PATH } : {}),
} as const;

let server: TestServer;
let world: World;
beforeAll(async () => {
  server = await startTestServer();
  world = await World.open(await server.freshDatabase());
});
afterAll(async () => {
  await world?.close();
  await server?.stop();
});

test(`the tables are the journal's after each step of ${RUNS.numRuns} stories`, async () => {
  const start = Math.min(...INSTANTS) + 34 * HOUR_MS;
  await fc.assert(
    fc.asyncProperty(zone, importList, commands(40), async (zoneName, list, story) => {
      const journal = new Journal(zoneName, start, CLOSE_AFTER_HOURS);
      await world.begin(zoneName, start, CLOSE_AFTER_HOURS);
      await list.run(journal, world);
      await fc.asyncModelRun(() => ({ model: journal, real: world }), story);
      await world.settle();
      await expectTablesAtRest(journal, world);
    }),
    RUNS,
  );
});
