/** @module-tag slow */
import fc from "fast-check";
import { expect, test } from "vitest";
import { RUNS } from "#testing/factories/arbitraries.ts";
import { at } from "#testing/factories/events.ts";
import { givenFile, inChunks } from "#testing/factories/files.ts";
import type { BodyFormat, IngestBatch } from "../contracts/batch.ts";
import { parseBatch } from "../ingest/parse-batch.ts";
import { AppError } from "../lib/errors.ts";
import { cutPieces } from "./cut-pieces.ts";
import { LIMITS } from "./limits.ts";
import { unpacked } from "./unpack.ts";

const NOW = at("11-22 12:00");
const CLOCK = { kind: "wall", now: NOW, skewMs: 300_000 } as const;

interface Outcome {
  readonly events: readonly unknown[];
  readonly rejects: readonly unknown[];
  readonly received: number;
  readonly unknownFields: number;
}

const outcomeOf = (batches: readonly IngestBatch[]): Outcome => ({
  events: batches.flatMap((batch) => [...batch.events]),
  rejects: batches.flatMap(({ rejects }) =>
    rejects.map((reject) => ({ ...reject, raw: Buffer.from(reject.raw).toString("latin1") })),
  ),
  received: batches.reduce((sum, { received }) => sum + received, 0),
  unknownFields: batches.reduce((sum, { unknownFields }) => sum + unknownFields, 0),
});

/** What becomes of it, or why all of it is refused. */
async function refusedOr(read: () => Promise<readonly IngestBatch[]>): Promise<Outcome | string> {
  try {
    return outcomeOf(await read());
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

const inOnePiece = (bytes: Buffer, format: BodyFormat) =>
  refusedOr(async () => [await parseBatch("orders", format, bytes, CLOCK)]);

const inPieces = (source: AsyncIterable<Buffer>, format: BodyFormat, size: number) =>
  refusedOr(async () => {
    const batches: IngestBatch[] = [];
    for await (const { bytes, linesBefore } of cutPieces(source, format, () => size)) {
      batches.push(await parseBatch("orders", format, bytes, CLOCK, linesBefore));
    }
    return batches;
  });

/** The seed of a run is printed when it fails; FC_SEED repeats it. */
test("a file cut into pieces, in chunks and members of any size, gives the events and rejects of one body (C13)", async () => {
  const property = fc.asyncProperty(
    givenFile(NOW, "orders"),
    fc.integer({ min: 1, max: 6 }),
    fc.array(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1_000, max: 200_000 })), {
      minLength: 1,
      maxLength: 4,
    }),
    async ({ format, bytes, packed, encoding }, size, chunks) => {
      // Sizes of a few bytes are for small files: of a large one they would be a million chunks.
      const sizes = bytes.length > 20_000 ? chunks.map((chunk) => chunk + 1_000) : chunks;
      const cut = await inPieces(unpacked(inChunks(packed, sizes), encoding), format, size);
      expect(cut).toEqual(await inOnePiece(bytes, format));
    },
  );
  await fc.assert(property, { ...RUNS, verbose: 0 });
}, 300_000);

const order = (orderNo: string): string => `{"id":"7","order_no":"${orderNo}","gmt_modified":${NOW}}`;
const LONG = LIMITS.lineBytes * 5;

test.each<readonly [string, BodyFormat, string]>([
  [
    "a line of NDJSON that is longer than any record",
    "ndjson",
    `${order("A")}\n"${"x".repeat(LONG)}\r\n${order("B")}`,
  ],
  ["the same without an end", "ndjson", `${order("A")}\n"${"x".repeat(LONG)}`],
  ["a long line of blanks", "ndjson", `${order("A")}\n${" ".repeat(LONG)}\r${order("B")}x`],
  ["blanks with an object far behind", "ndjson", `${" ".repeat(LONG)}${order("A")}\n${order("B")}x`],
  ["a byte order mark in the middle", "ndjson", `${order("A")}\n\ufeff${order("B")}\n\ufeff${order("C")}`],
  ["a long row", "csv", `id,order_no,gmt_modified\n1,${"x".repeat(LONG)},1\r1,A,${NOW}\n1,A\n`],
  [
    "a quote that is never closed",
    "csv",
    `id,order_no,gmt_modified\n1,"A,${NOW}\n${`1,B,${NOW}\r\n`.repeat(9_000)}x`,
  ],
  [
    "a quoted cell over many lines",
    "csv",
    `id,order_no,gmt_modified\n1,"${"x\n".repeat(40_000)}",${NOW}\n2,B,${NOW}\n`,
  ],
  [
    "the longest row",
    "csv",
    `id,x,order_no,gmt_modified\n1,${"x".repeat(LIMITS.lineBytes - 18)},A,${NOW}\r\n2,,B\n`,
  ],
])("%s is the same in one piece and in many", async (_, format, text) => {
  const bytes = Buffer.from(text);
  const whole = await inOnePiece(bytes, format);
  for (const chunk of [997, 65_536, bytes.length]) {
    expect(await inPieces(inChunks(bytes, [chunk]), format, 3)).toEqual(whole);
  }
});

test("a line without an end is not kept in memory", async () => {
  let given = 0;
  async function* endless() {
    yield Buffer.from(`${order("A")}\n`);
    for (; given < 2_000; given += 1) yield Buffer.alloc(1024 * 1024, 0x78);
    yield Buffer.from(`\n${order("B")}`);
  }
  const before = process.memoryUsage().arrayBuffers;
  const sizes: number[] = [];
  for await (const { bytes } of cutPieces(endless(), "ndjson", () => 1)) {
    sizes.push(bytes.length);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000_000);
  }
  expect(sizes).toEqual([order("A").length + 1, LIMITS.lineBytes + 1, order("B").length + 1]);
}, 60_000);
