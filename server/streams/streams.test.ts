import { expect, test } from "vitest";
import { LINE_FIELDS } from "../contracts/line-fields.ts";
import { STREAM_NAMES } from "../contracts/streams.ts";
import type { RawRecord } from "../reader/fields.ts";
import { STREAMS } from "./streams.ts";

/** A record that has each field as an ordinary value of its kind, and notes which fields are asked for. */
function recordOf(stream: (typeof STREAM_NAMES)[number]): { record: RawRecord; asked: Set<string> } {
  const asked = new Set<string>();
  const values = Object.fromEntries(
    LINE_FIELDS[stream].map(({ name, kind }) => [name, kind === "time" ? 1_773_072_000_057 : "7"]),
  );
  const record = new Proxy(values, {
    get: (target, name: string) => {
      asked.add(name);
      return target[name];
    },
  });
  return { record, asked };
}

test.each(STREAM_NAMES)("%s: the validator reads the columns that people are shown, and no other", (name) => {
  const { record, asked } = recordOf(name);
  STREAMS[name].validate(record, { latest: Number.POSITIVE_INFINITY });
  expect([...asked].toSorted()).toEqual(LINE_FIELDS[name].map((field) => field.name).toSorted());
});

test.each(STREAM_NAMES)("%s: what is collected goes through the log and keeps its times", (name) => {
  const stream = STREAMS[name];
  const bounds = { latest: Number.POSITIVE_INFINITY };
  const collector = stream.collect(bounds, 100);
  collector.add(stream.validate(recordOf(name).record, bounds) as never);
  const events = collector.finish();
  const time = 1_773_072_000_057;
  expect(stream.timeSpan(events as never)).toEqual({ earliest: time, latest: time });
  const run = { acceptedAt: 5, eventClock: true, events };
  const [read] = stream.codec.decode(stream.codec.encode([run] as never));
  expect(read).toMatchObject({ acceptedAt: 5, eventClock: true });
  expect([...(read?.events ?? [])]).toEqual([...events]);
});

test.each(STREAM_NAMES)("%s is found under its own name, with a column that holds its time", (name) => {
  expect(STREAMS[name].name).toBe(name);
  expect(LINE_FIELDS[name]).toContainEqual({ name: STREAMS[name].timeField, kind: "time", isRequired: true });
});
