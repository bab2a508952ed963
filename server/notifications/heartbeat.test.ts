import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PATIENCE } from "#testing/harness/patience.ts";
import { answers, type Receiver, startReceiver } from "#testing/harness/receiver.ts";
import { createLog } from "../lib/log.ts";
import { startHeartbeat } from "./heartbeat.ts";

const RHYTHM_MS = 10;
const CALLS = 3;

let receiver: Receiver;
let isWell: boolean;
let stop: () => void;

beforeEach(async () => {
  receiver = await startReceiver();
  isWell = true;
});
afterEach(() => {
  stop();
  receiver.close();
});

const start = () => {
  const log = createLog("silent");
  const warn = vi.spyOn(log, "warn");
  stop = startHeartbeat({
    url: receiver.url,
    allowPrivate: true,
    isWell: () => isWell,
    log,
    rhythmMs: RHYTHM_MS,
  });
  return warn;
};
const atLeast = (count: number) =>
  vi.waitFor(() => expect(receiver.received.length).toBeGreaterThanOrEqual(count), PATIENCE);

test("calls while all is well, and begins again by itself after it was not", async () => {
  isWell = false;
  const asked = vi.fn(() => isWell);
  stop = startHeartbeat({
    url: receiver.url,
    allowPrivate: true,
    isWell: asked,
    log: createLog("silent"),
    rhythmMs: RHYTHM_MS,
  });
  await vi.waitFor(() => expect(asked.mock.calls.length).toBeGreaterThan(CALLS), PATIENCE);
  expect(receiver.received).toEqual([]); // silence is the alarm
  isWell = true;
  await atLeast(CALLS);
});

test("a monitor that refuses is told of in the log, and called again", async () => {
  receiver.behave(answers(503));
  const warn = start();
  await atLeast(CALLS);
  await vi.waitFor(() => expect(warn).toHaveBeenCalled(), PATIENCE);
});
