import { describe, expect, test } from "vitest";
import type { PipelineStatus, StreamStatus } from "#server/contracts/api/pipeline.ts";
import { noDispositions, STREAM_NAMES } from "#server/contracts/streams.ts";
import { aNode } from "#testing/gallery/factories/pipeline.ts";
import { prepareFindings } from "./prepare-findings.ts";
import { prepareStreams } from "./prepare-streams.ts";

const AT = "2026-11-22T06:00:00.000Z";

function calm(stream: StreamStatus["stream"]): StreamStatus {
  return {
    stream,
    received: 100,
    dispositions: { ...noDispositions(), applied: 90, superseded: 9, rejected: 1 },
    deadLetters: { open: 0, replayed: 1, discarded: 0 },
    unknownFields: 0,
    ratePerSecond: 3,
    lastCommitAt: AT,
    lastBatchSize: 10,
    lagSeconds: 1,
    watermark: AT,
  };
}

function status(
  change: Partial<StreamStatus> = {},
  writer: Partial<PipelineStatus["writer"]> = {},
): PipelineStatus {
  const streams = STREAM_NAMES.map((stream) =>
    stream === "orders" ? { ...calm(stream), ...change } : calm(stream),
  );
  return {
    at: AT,
    streams,
    writer: { state: "leading", holder: "host-1", epoch: "3", queuedEvents: 0, lastCommitMs: 4, ...writer },
    outbox: { depth: 0, dead: 0, oldestSeconds: null },
    verification: null,
    pruning: null,
    revealsRefused: 0,
    sockets: { connected: 1 },
    nodes: [],
    deadLetters: { total: 3, open: 0, lastHour: 1 },
  };
}

const findingsOf = (given: PipelineStatus) => prepareFindings(given, prepareStreams(given));

describe("what is slow", () => {
  test("nothing, while everything keeps up", () => {
    expect(findingsOf(status())).toEqual([]);
  });

  test.each([
    ["a sum that differs", status({ received: 101 }), ["sum"]],
    [
      "a figure that the log does not give",
      { ...status(), verification: { at: AT, days: 3, differences: 1 } },
      ["figures"],
    ],
    ["a writer that does not lead", status({}, { state: "standby" }), ["writer"]],
    [
      "one that stands by another",
      { ...status({}, { state: "standby" }), nodes: [aNode({ isWriter: true })] },
      [],
    ],
    [
      "one that stands by another, which has fallen silent",
      { ...status({}, { state: "standby" }), nodes: [aNode({ isWriter: true, isSilent: true })] },
      ["writer", "silent"],
    ],
    [
      "a node whose screens are behind, and two builds",
      { ...status(), nodes: [aNode({ behindMs: 3_000 }), aNode({ id: "2", build: "b2" })] },
      ["behind", "builds"],
    ],
    [
      "refused lines that nobody has dealt with, however few",
      { ...status(), deadLetters: { total: 3, open: 1, lastHour: 0 } },
      ["waiting"],
    ],
    ["a long queue", status({}, { queuedEvents: 5_000 }), ["queue"]],
    ["a slow commit", status({}, { lastCommitMs: 1_000 }), ["commit"]],
    ["a source that went silent", status({ lagSeconds: 600 }), ["lag"]],
    ["many refused lines", status({ deadLetters: { open: 5, replayed: 0, discarded: 0 } }), ["refused"]],
    [
      "many refused lines that people have dealt with",
      status({ deadLetters: { open: 1, replayed: 10, discarded: 10 } }),
      [],
    ],
    [
      "alarms before notices",
      status({ received: 99, lagSeconds: 700 }, { state: "unavailable" }),
      ["sum", "writer", "lag"],
    ],
  ])("%s", (_, given, kinds) => {
    expect(findingsOf(given).map((finding) => finding.kind)).toEqual(kinds);
  });

  test("a stream without figures is an alarm, not a blank", () => {
    const given = status();
    const without = { ...given, streams: given.streams.slice(0, 2) };
    expect(findingsOf(without)).toEqual([{ kind: "missing", level: "alarm", stream: "page_views" }]);
  });
});

describe("dispositions", () => {
  test("are shares that make one whole, with nothing shown for none", () => {
    const [orders] = prepareStreams(status());
    expect(orders?.segments.map(({ disposition, count }) => [disposition, count])).toEqual([
      ["applied", 90],
      ["superseded", 9],
      ["rejected", 1],
    ]);
    expect(orders?.segments.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
    expect(orders).toMatchObject({ sum: 100, addsUp: true });
  });
});

test("a notice that was given up is an alarm", () => {
  const outbox = { depth: 1, dead: 2, oldestSeconds: 5 };
  expect(findingsOf({ ...status(), outbox })).toContainEqual({ kind: "dead", level: "alarm", count: 2 });
});
