/** @module-tag slow */
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { constants, gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { noDispositions } from "../contracts/streams.ts";
import { ingestBody } from "../engine/ingest-body.ts";
import { readKeyUsers } from "../key-users/read-key-user-rows.ts";
import { readList } from "../key-users/read-list.ts";
import { readListBody } from "../key-users/read-list-body.ts";
import { AppError } from "../lib/errors.ts";
import { createLog } from "../lib/log.ts";
import { unpacked } from "../reader/unpack.ts";
import { createIngestHandler } from "./handler.ts";

/** Bodies that unpack to far more than they are. Each has to be refused quickly, and nobody else waits for it. */

const MEBI = 1024 * 1024;
const zeros = Buffer.alloc(256 * MEBI);
const repeated = (part: Buffer, bytes: number) =>
  Buffer.concat(Array.from({ length: Math.floor(bytes / part.length) }, () => part));

const BOMBS: readonly (readonly [string, string, Buffer, number])[] = [
  ["gzip of zeros", "gzip", gzipSync(zeros), 413],
  ["the same called x-gzip", "x-gzip", gzipSync(zeros, { level: 1 }), 413],
  ["gzip in many members", "gzip", repeated(gzipSync(Buffer.alloc(MEBI)), 2 * MEBI), 413],
  ["empty members of gzip without number", "gzip", repeated(gzipSync(""), 30 * MEBI), 400],
  ["zstd of zeros", "zstd", zstdCompressSync(zeros), 413],
  [
    "zstd with a window as large as can be",
    "zstd",
    zstdCompressSync(zeros, { params: { [constants.ZSTD_c_windowLog]: 27 } }),
    413,
  ],
  ["zstd in many frames", "zstd", repeated(zstdCompressSync(Buffer.alloc(MEBI)), 2 * MEBI), 413],
  ["tiny frames of zstd without number", "zstd", repeated(zstdCompressSync("x"), 30 * MEBI), 400],
];

const lines = (line: string, bytes: number) => Buffer.alloc(bytes - (bytes % line.length), line);
const below = (head: string, line: string, bytes: number) =>
  Buffer.concat([Buffer.from(head), lines(line, bytes)]);
const MANY = 127 * MEBI;
const array = (): Buffer => {
  const text = below("[", "{},", MANY);
  text[text.length - 1] = 0x5d;
  return text;
};

/** What unpacks to less than a body may be, and to far more records than one may hold; or to nothing but blank ones. */
const CROWDS: readonly (readonly [string, string, () => Buffer, number])[] = [
  ["lines of NDJSON", "application/x-ndjson", () => lines("{}\n", MANY), 413],
  ["rows of CSV", "text/csv", () => lines("{}\n", MANY), 413],
  ["elements of an array", "application/json", array, 413],
  ["empty elements of an array", "application/json", () => below("[", ",", MANY), 413],
  ["blank lines of NDJSON", "application/x-ndjson", () => below("{}", "\n", MANY), 413],
  ["blank rows of CSV", "text/csv", () => below("a,b\n1,2\n", ",\n", MANY), 413],
  ["blank rows that end with CR", "text/csv", () => below("a,b\n1,2\n", " ,\r", MANY), 413],
  [
    "blank lines above a header",
    "text/csv",
    () => Buffer.concat([lines("\n", MANY), Buffer.from("a\n1")]),
    413,
  ],
  ["columns of a header", "text/csv", () => lines("a,", MANY), 400],
  ["brackets", "application/json", () => lines("[", MANY), 400],
];
/** Seconds of all threads together, as a busy test machine gives them: so long it takes when nothing else runs. */
const MOST_CPU = 1;
/** Seconds of the thread that serves everybody. */
const MOST_OF_ONE_THREAD = 0.5;

interface Cpu {
  readonly all: number;
  readonly thread: number;
}

/** What work costs, CPU seconds. */
async function costOf(work: () => Promise<unknown>): Promise<Cpu> {
  const [all, thread] = [process.cpuUsage(), process.threadCpuUsage()];
  await work();
  const seconds = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1e6;
  return { all: seconds(process.cpuUsage(all)), thread: seconds(process.threadCpuUsage(thread)) };
}

/** Another process can only add to what work costs, so what is dear is measured again. */
const MOST_MEASUREMENTS = 3;

async function expectCheap(work: () => Promise<unknown>): Promise<void> {
  const isCheap = ({ all, thread }: Cpu) => all < MOST_CPU && thread < MOST_OF_ONE_THREAD;
  let cost = await costOf(work);
  for (let count = 1; count < MOST_MEASUREMENTS && !isCheap(cost); count += 1) cost = await costOf(work);
  expect(cost.all).toBeLessThan(MOST_CPU);
  expect(cost.thread).toBeLessThan(MOST_OF_ONE_THREAD);
}

let server: Server;
let port: number;

beforeAll(async () => {
  const handler = createIngestHandler({
    engine: {
      ingest: (body) =>
        ingestBody(
          { submit: async () => ({ firstSeq: null, lastSeq: null, dispositions: noDispositions() }) },
          body,
        ),
    },
    senderOf: async () => ({ id: "sender", write: true, replay: true }),
    maxFutureSkewMs: 300_000,
    now: Date.now,
    log: createLog("silent"),
  });
  server = createServer((incoming, response) => void handler(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function send(encoding: string, body: Buffer, type = "application/x-ndjson"): Promise<number> {
  const headers = {
    authorization: "Bearer key",
    "content-type": type,
    "content-encoding": encoding,
  };
  return new Promise((resolve, reject) => {
    const options = {
      host: "127.0.0.1",
      port,
      method: "POST",
      path: "/ingest/orders",
      headers,
      agent: false,
    } as const;
    const sent = request(options, (response) => {
      response.resume().on("end", () => resolve(response.statusCode ?? 0));
    });
    sent.on("error", reject).end(body);
  });
}

test.each(BOMBS)("%s is refused at once and blocks nobody", async (_, encoding, body, status) => {
  await expectCheap(async () => expect(await send(encoding, body)).toBe(status));
});

test("an ordinary body does not wait behind bombs", async () => {
  const done: string[] = [];
  const bombs = Array.from({ length: 12 }, async (_, index) => {
    expect(await send("gzip", BOMBS[index % 2 === 0 ? 0 : 2]?.[2] as Buffer)).toBe(413);
    done.push("bomb");
  });
  const order = gzipSync(`{"id":"7","order_no":"A","gmt_modified":${Date.now()}}`);
  expect(await send("gzip", order)).toBe(200);
  expect(done.length).toBeLessThan(4);
  await Promise.all(bombs);
});

test.each(BOMBS)("%s is refused at once as a list", async (_, encoding, body, status) => {
  const headers = { "content-type": "text/csv", "content-encoding": encoding };
  const list = async () => {
    const sent = new Request("http://localhost/", { method: "POST", headers, body: new Uint8Array(body) });
    const { bytes, format } = await readListBody(sent);
    return readKeyUsers(bytes, format);
  };
  await expectCheap(() => expect(list()).rejects.toMatchObject({ status }));
});

/** Refusing costs no more than so many times what unpacking the same body does, however busy the machine is. */
const MOST_TIMES = 8;

/** What it costs to unpack a body and to throw it away. */
const costOfUnpacking = (body: Buffer) =>
  costOf(async () => {
    for await (const _ of unpacked(Readable.from([body]), "gzip"));
  });

/** Work's cost over that of unpacking, each measured beside the other: the least where it was measured again. */
async function timesUnpacking(body: Buffer, work: () => Promise<unknown>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let count = 0; count < MOST_MEASUREMENTS && least >= MOST_TIMES; count += 1) {
    const unpacking = await costOfUnpacking(body);
    least = Math.min(least, (await costOf(work)).all / unpacking.all);
  }
  return least;
}

test.each(CROWDS)(
  "too many %s are refused at once, packed with gzip and zstd",
  async (_, type, text, status) => {
    const plain = text();
    const bodies = { gzip: gzipSync(plain, { level: 1 }), zstd: zstdCompressSync(plain) };
    for (const encoding of ["gzip", "zstd"] as const) {
      const refuse = async () => expect(await send(encoding, bodies[encoding], type)).toBe(status);
      expect(await timesUnpacking(bodies.gzip, refuse)).toBeLessThan(MOST_TIMES);
    }
  },
);

test("an ordinary body does not wait behind bodies of too many records", async () => {
  const crowds = CROWDS.slice(0, 3).map(([, type, text]) => [type, gzipSync(text(), { level: 1 })] as const);
  let refused = 0;
  const bombs = Array.from({ length: 9 }, async (_, index) => {
    const [type, body] = crowds[index % 3] as (typeof crowds)[number];
    expect(await send("gzip", body, type)).toBe(413);
    refused += 1;
  });
  for (let number = 0; refused < 4; number += 1) {
    const before = refused;
    expect(
      await send("identity", Buffer.from(`{"id":"7","order_no":"A${number}","gmt_modified":${Date.now()}}`)),
    ).toBe(200);
    expect(refused - before).toBeLessThan(3);
  }
  await Promise.all(bombs);
});

test.each(CROWDS.slice(0, 7))("too many %s are refused at once as a list", async (_, type, text) => {
  const body = gzipSync(text().subarray(0, 31 * MEBI), { level: 1 });
  const headers = { "content-type": type, "content-encoding": "gzip" };
  for (const dialect of ["strict", "spreadsheet"] as const) {
    const sent = new Request("http://localhost/", { method: "POST", headers, body: new Uint8Array(body) });
    const choices = { dialect, encoding: "auto", separator: "auto", blank: undefined } as const;
    const list = async () => readList(await readListBody(sent), choices, "Asia/Shanghai");
    const refusing = await costOf(() => expect(list()).rejects.toThrow(AppError));
    expect(refusing.all).toBeLessThan(MOST_CPU);
  }
});
