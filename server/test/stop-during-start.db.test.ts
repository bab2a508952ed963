import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import {
  complaints,
  emptyPlace,
  halfMade,
  processesIn,
  readyAt,
  type StartCommand,
  startCommand,
  stopCommand,
} from "./start-command.ts";

/** A stop that is asked for while a start is under way, at instants that lie evenly from its beginning to its end. */

const INSTANTS = 12;
const STEP_MS = 100;

let place: string;
let dataDir: string;
let running: StartCommand | undefined;
/** How long a start takes here, ms. */
let length = 0;

const open = async () => {
  place = await emptyPlace("stop");
  dataDir = join(place, "data");
};
const clear = async () => {
  running?.process.kill("SIGKILL");
  await running?.ended;
  await rm(place, { recursive: true, force: true });
};

function start(): StartCommand {
  running = startCommand(dataDir);
  return running;
}

beforeAll(async () => {
  await open();
  const began = performance.now();
  await readyAt(start());
  length = performance.now() - began;
  if (running) await stopCommand(running);
  await clear();
}, 200_000);
beforeEach(open);
afterEach(clear);

const instants = (): number[] => {
  const count = process.env.LONG ? Math.ceil(length / STEP_MS) : INSTANTS;
  return Array.from({ length: count }, (_, number) => Math.round((length * number) / (count - 1)));
};

async function stopAt(after: number, signal: NodeJS.Signals): Promise<void> {
  const started = start();
  await pause(after); // the very thing that is tried, not a wait for something
  const began = performance.now();
  started.process.kill(signal);
  const code = await started.ended;
  const told = `${signal} after ${after} ms: ${started.output()}`;
  // Before Node itself has come to listen, the signal ends it, and nothing has been begun.
  if (code !== 0) expect({ code, begun: started.output() }, told).toEqual({ code: signal, begun: "" });
  expect(performance.now() - began, told).toBeLessThan(12_000);
  expect(complaints(started.output()), told).toEqual([]);
  expect(halfMade(dataDir), told).toEqual([]);
  await expect.poll(() => processesIn(place), { message: told }).toEqual([]);
}

describe("a start that is told to stop", () => {
  test("before the server itself has come to listen has ended well", async () => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      const { process, output, ended } = start();
      await vi.waitUntil(() => output().includes("Starting"), { timeout: 60_000, interval: 1 });
      process.kill(signal);
      expect(await ended, output()).toBe(0);
    }
  });

  test("ends cleanly at any instant of a first start, and the next one works", async () => {
    for (const [number, after] of instants().entries()) {
      await rm(dataDir, { recursive: true, force: true });
      await stopAt(after, number % 2 === 0 ? "SIGTERM" : "SIGINT");
      if (number % 4 !== 0) continue;
      const next = start();
      await readyAt(next);
      await stopCommand(next);
    }
  });

  test("ends cleanly at any instant of a second start", async () => {
    await readyAt(start());
    if (running) await stopCommand(running);
    for (const after of instants()) await stopAt(after, "SIGTERM");
    const next = start();
    await readyAt(next);
    await stopCommand(next);
  });

  test("ends at once when it is told again later, and the database ends by itself", async () => {
    await readyAt(start());
    const started = running as StartCommand;
    started.process.kill("SIGTERM");
    await expect.poll(started.output).toContain('"msg":"stopping"');
    const again = setInterval(() => started.process.kill("SIGTERM"), 50);
    const code = await started.ended;
    clearInterval(again);
    expect([0, 1]).toContain(code);
    await expect.poll(() => processesIn(place), { timeout: 20_000 }).toEqual([]);
    expect(existsSync(join(dataDir, "postgres", "postmaster.pid"))).toBe(false);
  });
});
