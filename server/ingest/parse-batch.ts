import { setImmediate as breathe } from "node:timers/promises";
import type { BatchClock, BodyFormat, IngestBatch } from "../contracts/batch.ts";
import type { Reject, StreamEvents } from "../contracts/events.ts";
import type { StreamName } from "../contracts/streams.ts";
import { InvalidInput, TooLarge } from "../lib/errors.ts";
import { LATEST_EVENT_CLOCK } from "./clock-header.ts";
import { readCsv } from "./csv.ts";
import {
  collectOrders,
  collectPageViews,
  collectPremiumChanges,
  type EventCollector,
} from "./event-collector.ts";
import { LineFault } from "./fault.ts";
import type { RawRecord, TimeBounds } from "./fields.ts";
import { readJsonArray } from "./json-array.ts";
import { LIMITS } from "./limits.ts";
import { readNdjson } from "./ndjson.ts";
import { parseObject } from "./read-object.ts";
import {
  type BodyRecord,
  type JsonText,
  type ReadRecord,
  rejectOf,
  type TakeBytes,
  trim,
} from "./records.ts";
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

type Reader = (body: Buffer, takes?: TakeBytes) => Iterable<BodyRecord> | AsyncIterable<BodyRecord>;

const READERS: Readonly<Record<BodyFormat, Reader>> = {
  ndjson: readNdjson,
  json: readJsonArray,
  csv: readCsv,
};

/** Records between two pauses: other requests and sockets get their turn. */
const SLICE = 2_000;

/**
 * Turns a body into a batch: every record becomes an event or a reject, never both, never neither (rule C7).
 * @throws {InvalidInput} when nothing in the body can be read
 * @throws {TooLarge} when there are more records than a batch may hold
 */
export async function parseBatch<S extends StreamName>(
  stream: S,
  format: BodyFormat,
  body: Buffer,
  clock: BatchClock,
): Promise<IngestBatch<S>> {
  const { fields, validate, collect }: StreamReader<S> = STREAM_READERS[stream];
  const bounds: TimeBounds = {
    latest: clock.kind === "wall" ? clock.now + clock.skewMs : LATEST_EVENT_CLOCK,
  };
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
      rejects.push(rejectOf(item.line, item.raw(), error));
    }
  };
  const received = await forEachRecord(READERS[format](contentOf(body), collector.takes), (item) =>
    take("json" in item ? parseObject(item) : item),
  );
  // Rows of a CSV that had to be read anew come a little later than their neighbours.
  rejects.sort((a, b) => a.line - b.line);
  const eventClock = clock.kind === "event";
  const { events, latest } = collector.finish();
  const clockFrom = eventClock ? clock.from : clock.now;
  const acceptedAt = eventClock ? Math.max(clockFrom, latest) : clockFrom;
  return { stream, events, rejects, received, unknownFields, acceptedAt, clockFrom, eventClock };
}

/** @returns how many there were, taken or not @throws {TooLarge} */
async function forEachRecord(
  records: ReturnType<Reader>,
  take: (item: ReadRecord | JsonText) => void,
): Promise<number> {
  let count = 0;
  const handle = (item: BodyRecord) => {
    if ("taken" in item) count += item.taken;
    else {
      count += 1;
      take(item);
    }
    if (count > LIMITS.records) {
      throw new TooLarge(`The body has more than ${LIMITS.records} lines. Send it in smaller parts.`);
    }
  };
  if (Symbol.asyncIterator in records) {
    for await (const item of records) handle(item);
    return count;
  }
  let paused = 0;
  for (const item of records) {
    handle(item);
    if (count - paused < SLICE) continue;
    paused = count;
    await breathe();
  }
  return count;
}

/** @throws {InvalidInput} when there is nothing to read */
function contentOf(body: Buffer): Buffer {
  const hasBom = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;
  const content = hasBom ? body.subarray(3) : body;
  const { start, end } = trim(content, 0, content.length);
  if (start < end) return content;
  throw new InvalidInput("The body is empty. Send at least one event.");
}
