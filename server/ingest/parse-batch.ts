import { setImmediate as breathe } from "node:timers/promises";
import type { BatchClock, BodyFormat, IngestBatch } from "../contracts/batch.ts";
import type { Reject, StreamEvents } from "../contracts/events.ts";
import type { StreamName } from "../contracts/streams.ts";
import { InvalidInput } from "../lib/errors.ts";
import { LATEST_EVENT_CLOCK } from "./clock-header.ts";
import { readCsv } from "./csv.ts";
import { LineFault } from "./fault.ts";
import type { RawRecord, TimeBounds } from "./fields.ts";
import { readJsonArray } from "./json-array.ts";
import { readNdjson } from "./ndjson.ts";
import { parseObject } from "./read-object.ts";
import { type BodyRecord, type ReadRecord, rejectOf, trim } from "./records.ts";
import { scanOrder } from "./scan-order.ts";
import { ORDER_FIELDS, validateOrder } from "./validate-order.ts";
import { PAGE_VIEW_FIELDS, validatePageView } from "./validate-page-view.ts";
import { PREMIUM_CHANGE_FIELDS, validatePremiumChange } from "./validate-premium-change.ts";

interface Validator<S extends StreamName> {
  readonly fields: ReadonlySet<string>;
  readonly validate: (record: RawRecord, bounds: TimeBounds) => StreamEvents[S];
  readonly timeOf: (event: StreamEvents[S]) => number;
  /** A short cut for ordinary lines: the event that parsing and validating would give, or null. */
  readonly scan?: (json: string, bounds: TimeBounds) => StreamEvents[S] | null;
}

const VALIDATORS: { readonly [S in StreamName]: Validator<S> } = {
  orders: {
    fields: ORDER_FIELDS,
    validate: validateOrder,
    timeOf: (event) => event.gmtModified,
    scan: scanOrder,
  },
  premium_changes: {
    fields: PREMIUM_CHANGE_FIELDS,
    validate: validatePremiumChange,
    timeOf: (event) => event.gmtModified,
  },
  page_views: { fields: PAGE_VIEW_FIELDS, validate: validatePageView, timeOf: (event) => event.logTime },
};

type Reader = (body: Buffer) => Iterable<BodyRecord> | AsyncIterable<BodyRecord>;

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
 */
export async function parseBatch<S extends StreamName>(
  stream: S,
  format: BodyFormat,
  body: Buffer,
  clock: BatchClock,
): Promise<IngestBatch<S>> {
  const validator: Validator<S> = VALIDATORS[stream];
  const bounds: TimeBounds = {
    latest: clock.kind === "wall" ? clock.now + clock.skewMs : LATEST_EVENT_CLOCK,
  };
  const events: StreamEvents[S][] = [];
  const rejects: Reject[] = [];
  let unknownFields = 0;
  const clockFrom = clock.kind === "event" ? clock.from : clock.now;
  let reached = clockFrom;
  const accept = (event: StreamEvents[S]) => {
    if (clock.kind === "event") reached = Math.max(reached, validator.timeOf(event));
    events.push(event);
  };
  const validate = (item: ReadRecord) => {
    try {
      if ("fault" in item) throw item.fault;
      for (const name in item.record) if (!validator.fields.has(name)) unknownFields += 1;
      accept(validator.validate(item.record, bounds));
    } catch (error) {
      if (!(error instanceof LineFault)) throw error;
      rejects.push(rejectOf(item.line, item.raw(), error));
    }
  };
  const received = await forEachRecord(READERS[format](contentOf(body)), (item) => {
    if (!("json" in item)) return validate(item);
    const event = validator.scan?.(item.json, bounds);
    if (event) accept(event);
    else validate(parseObject(item));
  });
  // Rows of a CSV that had to be read anew come a little later than their neighbours.
  rejects.sort((a, b) => a.line - b.line);
  const eventClock = clock.kind === "event";
  return { stream, events, rejects, received, unknownFields, acceptedAt: reached, clockFrom, eventClock };
}

/** @returns how many there were */
async function forEachRecord(records: ReturnType<Reader>, take: (item: BodyRecord) => void): Promise<number> {
  let count = 0;
  if (Symbol.asyncIterator in records) {
    for await (const item of records) {
      count += 1;
      take(item);
    }
    return count;
  }
  for (const item of records) {
    count += 1;
    if (count % SLICE === 0) await breathe();
    take(item);
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
