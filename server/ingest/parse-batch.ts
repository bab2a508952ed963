import { setImmediate as breathe } from "node:timers/promises";
import type { BatchClock, BodyFormat, IngestBatch } from "../contracts/batch.ts";
import type { Reject, StreamEvents } from "../contracts/events.ts";
import type { StreamName } from "../contracts/streams.ts";
import { contentOf, requireContent } from "../reader/content.ts";
import { LineFault } from "../reader/fault.ts";
import type { RawRecord, TimeBounds } from "../reader/fields.ts";
import { LIMITS } from "../reader/limits.ts";
import { parseObject } from "../reader/read-object.ts";
import { READERS } from "../reader/read-records.ts";
import { type BodyRecord, type JsonText, type ReadRecord, rejectOf } from "../reader/records.ts";
import { requireFewRecords, tooManyRecords } from "../reader/require-few-records.ts";
import { LATEST_EVENT_CLOCK } from "./clock-header.ts";
import {
  collectOrders,
  collectPageViews,
  collectPremiumChanges,
  type EventCollector,
} from "./event-collector.ts";
import { ORDER_FIELDS, validateOrder } from "./validate-order.ts";
import { PAGE_VIEW_FIELDS, validatePageView } from "./validate-page-view.ts";
import { PREMIUM_CHANGE_FIELDS, validatePremiumChange } from "./validate-premium-change.ts";

interface StreamReader<S extends StreamName> {
  readonly fields: ReadonlySet<string>;
  readonly validate: (record: RawRecord, bounds: TimeBounds) => StreamEvents[S];
  /** @param size bytes of the body */
  readonly collect: (bounds: TimeBounds, size: number) => EventCollector<S>;
}

const STREAM_READERS: { readonly [S in StreamName]: StreamReader<S> } = {
  orders: { fields: ORDER_FIELDS, validate: validateOrder, collect: collectOrders },
  premium_changes: {
    fields: PREMIUM_CHANGE_FIELDS,
    validate: validatePremiumChange,
    collect: collectPremiumChanges,
  },
  page_views: { fields: PAGE_VIEW_FIELDS, validate: validatePageView, collect: collectPageViews },
};

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
  const { fields, validate, collect }: StreamReader<S> = STREAM_READERS[stream];
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
  const { events, latest } = collector.finish();
  const clockFrom = eventClock ? clock.from : clock.now;
  const acceptedAt = eventClock ? Math.max(clockFrom, latest) : clockFrom;
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
    await breathe();
    [paused, until] = [count, performance.now() + SLICE_MS];
  }
  return count;
}
