/** @module-tag slow */
import fc from "fast-check";
import { expect, test } from "vitest";
import { at } from "#testing/factories/events.ts";
import { garbageBody, garbageLine, randomOf, SECRET_TELEPHONE } from "#testing/factories/garbage.ts";
import type { BodyFormat } from "../contracts/batch.ts";
import { STREAM_NAMES } from "../contracts/streams.ts";
import { AppError } from "../lib/errors.ts";
import { parseBatch } from "./parse-batch.ts";

const CLOCK = { kind: "wall", now: at("11-22 12:00"), skewMs: 300_000 } as const;
const FORMATS: readonly BodyFormat[] = ["ndjson", "json", "csv"];

/** Parses, and holds what C7 promises; null: nothing in the body could be read. */
async function parsed(format: BodyFormat, stream: (typeof STREAM_NAMES)[number], body: Buffer) {
  try {
    const batch = await parseBatch(stream, format, body, CLOCK);
    expect(batch.events.length + batch.rejects.length).toBe(batch.received);
    for (const { raw } of batch.rejects) expect(raw.length).toBeLessThanOrEqual(64 * 1024);
    return batch;
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).status).toBe(400);
    return null;
  }
}

/** Bytes with a liking for those that mean something. */
const bytes = fc
  .array(fc.oneof(fc.constantFrom(...Buffer.from('[]{}",:\n\r\\ 0e-.u')), fc.integer({ min: 0, max: 255 })), {
    maxLength: 300,
  })
  .map((list) => Buffer.from(list));

test("any bytes in any format: accepted + rejected = received, or a bad request (C7)", async () => {
  const property = fc.asyncProperty(
    fc.constantFrom(...FORMATS),
    fc.constantFrom(...STREAM_NAMES),
    bytes,
    async (format, stream, body) => void (await parsed(format, stream, body)),
  );
  await fc.assert(property, { numRuns: 2_000 });
});

test("any JSON values in the known fields are either an event or a reject", async () => {
  const value = fc.oneof(fc.jsonValue(), fc.double(), fc.bigInt().map(String), fc.string({ unit: "binary" }));
  const record = fc.record(
    {
      id: value,
      order_no: value,
      gmt_modified: fc.oneof(value, fc.constant(CLOCK.now)),
      account_payble: value,
      now_premium: value,
      log_time: value,
      account_id: value,
      __proto__: value,
    },
    { requiredKeys: [] },
  );
  const property = fc.asyncProperty(
    fc.array(record, { minLength: 1 }),
    fc.constantFrom(...STREAM_NAMES),
    async (records, stream) => {
      const lines = Buffer.from(records.map((item) => JSON.stringify(item)).join("\n"));
      expect((await parsed("ndjson", stream, lines))?.received).toBe(records.length);
      expect((await parsed("json", stream, Buffer.from(JSON.stringify(records))))?.received).toBe(
        records.length,
      );
    },
  );
  await fc.assert(property, { numRuns: 300 });
});

test("20,000 malformed lines are 20,000 rejects, and no message repeats a value", async () => {
  const body = garbageBody(20261122, 20_000);
  const batch = await parsed("ndjson", "orders", body);
  expect(batch?.received).toBe(20_000);
  expect(batch?.rejects).toHaveLength(20_000);
  const messages = new Set(batch?.rejects.map((reject) => `${reject.field} ${reject.message}`));
  for (const message of messages) expect(message).not.toContain(SECRET_TELEPHONE.slice(0, 5));
  expect(messages.size).toBeLessThan(50);
});

test("a good line among malformed ones is accepted wherever it stands", async () => {
  const good = `{"id":"7","order_no":"GOOD","gmt_modified":${CLOCK.now}}`;
  const property = fc.asyncProperty(fc.nat(), fc.nat({ max: 20 }), async (seed, place) => {
    const random = randomOf(seed);
    const lines = Array.from({ length: 20 }, () => garbageLine(random));
    lines.splice(place, 0, Buffer.from(good));
    const batch = await parsed(
      "ndjson",
      "orders",
      Buffer.concat(lines.flatMap((line) => [line, Buffer.from("\n")])),
    );
    expect([...(batch?.events ?? [])].map((event) => "orderNo" in event && event.orderNo)).toEqual(["GOOD"]);
  });
  await fc.assert(property, { numRuns: 200 });
});
