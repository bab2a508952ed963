import { setImmediate as yieldToEvents } from "node:timers/promises";
import type { BatchClock, BodyFormat, IngestBatch } from "../contracts/batch.ts";
import type { Reject } from "../contracts/events.ts";
import { LINE_FIELDS } from "../contracts/line-fields.ts";
import { STREAM_NAMES, type StreamName } from "../contracts/streams.ts";
import { contentOf, requireContent } from "../reader/content.ts";
import { LineFault } from "../reader/fault.ts";
import type { TimeBounds } from "../reader/fields.ts";
import { LIMITS } from "../reader/limits.ts";
import { parseObject } from "../reader/read-object.ts";
import { READERS } from "../reader/read-records.ts";
import { type BodyRecord, type JsonText, type ReadRecord, rejectOf } from "../reader/records.ts";
import { requireFewRecords, tooManyRecords } from "../reader/require-few-records.ts";
import { streamOf } from "../streams/streams.ts";
import { LATEST_EVENT_CLOCK } from "./clock-header.ts";

const FIELDS = Object.fromEntries(
  STREAM_NAMES.map((name) => [name, new Set(LINE_FIELDS[name].map((field) => field.name))]),
) as unknown as Readonly<Record<StreamName, ReadonlySet<string>>>;

/** Records, and milliseconds, between two pauses, whichever comes first: other requests and sockets get their turn. */
const SLICE = 2_000;
const SLICE_MS = 10;

/**
 * Turns a body into a batch: every record becomes an event or a reject, never both, never neither (rule C7).
 * @param linesBefore lines of the file from which the body was cut that come before it: rejects tell the line of the file
 * @throws {InvalidInput} when nothing in the body can be read
 * @throws {TooLarge} when there are more records than a batch may hold
 */
export async function parseBatch<S extends StreamName>(
  stream: S,
  format: BodyFormat,
  body: Buffer,
  clock: BatchClock,
  linesBefore = 0,
): Promise<IngestBatch<S>> {
  const { validate, collect, timeSpan } = streamOf(stream);
  const fields = FIELDS[stream];
  const bounds: TimeBounds = {
    latest: clock.kind === "wall" ? clock.now + clock.skewMs : LATEST_EVENT_CLOCK,
  };
  // Only a file begins with a byte order mark, not what was cut out of its middle.
  const content = linesBefore === 0 ? contentOf(body) : requireContent(body);
  await requireFewRecords(format, content);
  const collector = collect(bounds, body.length);
  const rejects: Reject[] = [];
  let unknownFields = 0;
  const take = (item: ReadRecord) => {
    try {
      if ("fault" in item) throw item.fault;
      for (const name in item.record) if (!fields.has(name)) unknownFields += 1;
      collector.add(validate(item.record, bounds));
    } catch (error) {
      if (!(error instanceof LineFault)) throw error;
      rejects.push(rejectOf(linesBefore + item.line, item.raw(), error));
    }
  };
  const received = await forEachRecord(READERS[format](content, collector.takes), (item) =>
    take("json" in item ? parseObject(item) : item),
  );
  const eventClock = clock.kind === "event";
  const events = collector.finish();
  const clockFrom = eventClock ? clock.from : clock.now;
  const acceptedAt = eventClock ? Math.max(clockFrom, timeSpan(events).latest) : clockFrom;
  return { stream, events, rejects, received, unknownFields, acceptedAt, clockFrom, eventClock };
}

/** @returns how many there were, taken or not @throws {TooLarge} */
async function forEachRecord(
  records: Iterable<BodyRecord>,
  take: (item: ReadRecord | JsonText) => void,
): Promise<number> {
  let count = 0;
  const handle = (item: BodyRecord) => {
    if ("taken" in item) count += item.taken;
    else {
      count += 1;
      take(item);
    }
    if (count > LIMITS.records) throw tooManyRecords();
  };
  let [paused, until] = [0, performance.now() + SLICE_MS];
  for (const item of records) {
    handle(item);
    if (count - paused < SLICE && performance.now() < until) continue;
    await yieldToEvents();
    [paused, until] = [count, performance.now() + SLICE_MS];
  }
  return count;
}
