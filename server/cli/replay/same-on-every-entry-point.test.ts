/** @module-tag slow */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { BodyFormat, IngestBatch } from "#server/contracts/batch.ts";
import { noDispositions, type StreamName, streamPath } from "#server/contracts/streams.ts";
import { ingestBody } from "#server/engine/ingest-body.ts";
import { createIngestHandler } from "#server/ingest/handler.ts";
import { readKeyUsers, validateKeyUserRows } from "#server/key-users/read-key-user-rows.ts";
import { readListBody, tooLargeList } from "#server/key-users/read-list-body.ts";
import { AppError } from "#server/lib/errors.ts";
import { createLog } from "#server/lib/log.ts";
import { LIMITS } from "#server/reader/limits.ts";
import { typeOf } from "#server/reader/media-type.ts";
import { collect } from "#server/reader/unpack.ts";
import { RUNS } from "#testing/factories/arbitraries.ts";
import { at } from "#testing/factories/events.ts";
import { type GivenFile, givenFile } from "#testing/factories/files.ts";
import { openFile } from "./open-file.ts";
import { replayFile } from "./replay-file.ts";
import { senderTo } from "./sender.ts";
import { ReplayTotal } from "./total.ts";

const NOW = at("11-22 12:00");
const SUFFIXES = { identity: "", gzip: ".gz", zstd: ".zst" } as const;

let server: Server;
let url: string;
let folder: string;
let batches: IngestBatch[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tidewatch-entry-points-"));
  const submit = async (batch: IngestBatch) => {
    batches.push(batch);
    return { firstSeq: null, lastSeq: null, dispositions: noDispositions() };
  };
  const handler = createIngestHandler({
    engine: { ingest: (body) => ingestBody({ submit }, body) },
    senderOf: async () => ({ id: "sender", write: true, replay: true }),
    maxFutureSkewMs: 300_000,
    now: () => NOW,
    log: createLog("silent"),
  });
  server = createServer((request, response) => void handler(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  batches = [];
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

/** What the engine was given since the last question; its dead letters among it. */
function taken() {
  const all = batches;
  batches = [];
  return {
    events: all.flatMap((batch) => [...batch.events]),
    rejects: all.flatMap(({ rejects }) =>
      rejects.map(({ raw, ...reject }) => ({ ...reject, raw: Buffer.from(raw).toString("latin1") })),
    ),
    received: all.reduce((sum, { received }) => sum + received, 0),
  };
}

async function overHttp(stream: StreamName, { format, packed, encoding }: GivenFile) {
  const response = await fetch(`${url}/ingest/${streamPath(stream)}`, {
    method: "POST",
    headers: { authorization: "Bearer key", "content-type": typeOf(format), "content-encoding": encoding },
    body: new Uint8Array(packed),
  });
  const answer = (await response.json()) as { detail?: string };
  return { refusal: response.ok ? null : String(answer.detail), ...taken() };
}

async function store({ format, packed, encoding }: GivenFile): Promise<string> {
  const path = join(folder, `file.${format}${SUFFIXES[encoding]}`);
  await writeFile(path, packed);
  return path;
}

async function byReplay(stream: StreamName, file: GivenFile, batch: number) {
  const path = await store(file);
  const options = { path, stream, eventClock: false, batch: () => batch, speed: null };
  const refusal = await refusalOf(
    replayFile(options, { name: url, send: senderTo(url, "key"), close: async () => {} }, new ReplayTotal()),
  );
  return { refusal, ...taken() };
}

async function refusalOf(work: Promise<unknown>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

test("any file gives the same events and the same dead letters over HTTP and by the command line (C13)", async () => {
  const property = fc.asyncProperty(
    fc
      .constantFrom<StreamName>("orders", "premium_changes", "page_views")
      .chain((stream) => fc.tuple(fc.constant(stream), givenFile(NOW, stream))),
    fc.integer({ min: 1, max: 8 }),
    async ([stream, file], batch) => {
      const sent = await overHttp(stream, file);
      expect(await byReplay(stream, file, batch)).toEqual(sent);
    },
  );
  await fc.assert(property, { ...RUNS, numRuns: RUNS.numRuns / 4, verbose: 0 });
}, 600_000);

/** What an import makes of rows, without a database. */
async function imported(read: () => Promise<{ bytes: Buffer; format: BodyFormat }>) {
  try {
    const { bytes, format } = await read();
    return await validateKeyUserRows(await readKeyUsers(bytes, format), {
      latest: NOW + 300_000,
      blank: undefined,
    });
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

test("any list gives the same rows and the same rejects over the import API and by the command line (C13)", async () => {
  const property = fc.asyncProperty(givenFile(NOW, "list"), async (file) => {
    const request = new Request("http://localhost/", {
      method: "POST",
      headers: { "content-type": typeOf(file.format), "content-encoding": file.encoding },
      body: new Uint8Array(file.packed),
    });
    const path = await store(file);
    const byFile = await imported(async () => {
      const { format, bytes } = await openFile(path);
      return { format, bytes: await collect(bytes, LIMITS.listBytes, tooLargeList) };
    });
    expect(byFile).toEqual(await imported(() => readListBody(request)));
  });
  await fc.assert(property, { ...RUNS, numRuns: RUNS.numRuns / 4, verbose: 0 });
}, 600_000);
